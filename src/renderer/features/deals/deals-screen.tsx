import type { ConditionRule } from '../../../shared/workflow/conditions/condition-tree.ts';
import { RecordsScreen } from '../records/records-screen.tsx';
import { useView } from '../views/use-view.ts';
import { DealsBoard } from './deals-board.tsx';
import { PipelineSwitch } from './pipeline-switch.tsx';
import { useShownPipeline } from './use-pipelines.ts';

export function DealsScreen() {
  const needsOne = useView('deal').state.layout === 'board';
  const { shown } = useShownPipeline(needsOne);
  const scope: ConditionRule | null = shown && {
    field: 'deal.pipeline',
    operator: '=',
    value: shown.slug,
  };
  return (
    <RecordsScreen
      object="deal"
      leading={<PipelineSwitch needsOne={needsOne} />}
      scope={scope}
      renderBoard={(props) => <DealsBoard {...props} />}
    />
  );
}
