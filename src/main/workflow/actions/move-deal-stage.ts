import type { moveDealStage } from '../../../shared/workflow/actions/move-deal-stage.ts';
import { dealKind } from '../../crm/deals/deal-kind.ts';
import { updateRecord } from '../../crm/records/record-store.ts';
import { type ActionImplementation, completed, failed } from './action.ts';

export const moveDealStageAction: ActionImplementation<typeof moveDealStage> = {
  execute(context, { stage }) {
    const { unit } = context;
    const deal = context.record('deal');
    if (!deal) return failed('there is no deal to move');
    const { before, after, fields } = updateRecord(unit, dealKind, deal.id, {
      stage: stage.trim(),
    });
    const changed = Object.keys(fields).length > 0;
    return completed(
      { old_stage: before.stage, new_stage: after.stage },
      changed ? [{ object: 'deal', id: deal.id, fields: { ...fields } }] : [],
    );
  },
};
