import { ActionIcon, Tooltip } from '@mantine/core';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { nodeElement } from '../canvas/canvas-view.ts';
import { changeStep, type PlacedStep } from '../model/draft-tree.ts';
import { problemsAt, problemsOfStep } from '../model/problem-place.ts';
import { knownTriggers } from '../model/workflow-draft.ts';
import { useStages } from '../use-words.ts';
import classes from './editor.module.css';
import { SampleProvider } from './sample.tsx';
import { StepForm } from './step-form.tsx';
import { TriggerForm } from './trigger-form.tsx';
import type { WorkflowEditor } from './use-workflow-editor.ts';

interface InspectorProps {
  readonly workflow: Workflow | null;
  readonly editor: WorkflowEditor;
  readonly placed: readonly PlacedStep[];
  readonly selected: string;
  readonly onClose: () => void;
}

export const inspectorDomId = 'workflow-inspector';

function isExpanded(target: EventTarget): boolean {
  return target instanceof Element && target.getAttribute('aria-expanded') === 'true';
}

/** The settings of what is chosen: the trigger, or a step. */
export function Inspector({ workflow, editor, placed, selected, onClose }: InspectorProps) {
  const { t } = useTranslation('workflows');
  const stages = useStages();
  const { draft, change, shown } = editor;
  const index = placed.findIndex(({ step }) => step.id === selected);
  const { step, path, loops } = placed[index] ?? { step: null, path: '', loops: [] };
  const triggers = useMemo(() => knownTriggers(draft), [draft]);
  const earlier = useMemo(() => placed.slice(0, index).map((one) => one.step), [placed, index]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leads back from any input in it
    <section
      id={inspectorDomId}
      className={classes.inspector}
      aria-label={t('editor.inspector')}
      onKeyDown={(event) => {
        // An open list or menu takes the first one for itself.
        if (event.key !== 'Escape' || event.defaultPrevented || isExpanded(event.target)) return;
        event.preventDefault();
        nodeElement(selected)?.focus({ preventScroll: true });
      }}
    >
      <Tooltip label={t('editor.close_inspector')}>
        <ActionIcon
          className={classes.closeInspector ?? ''}
          aria-label={t('editor.close_inspector')}
          onClick={onClose}
        >
          <X size={16} />
        </ActionIcon>
      </Tooltip>
      {step ? (
        <SampleProvider draft={draft}>
          <StepForm
            key={step.id}
            step={step}
            number={index + 1}
            earlier={earlier}
            loops={loops}
            triggers={triggers}
            stages={stages}
            problems={problemsOfStep(shown, path)}
            onChange={(changed) => change(changeStep(draft, step.id, changed))}
            onBlur={(field) =>
              editor.touch(field === '' ? `${path}.config` : `${path}.config.${field}`)
            }
          />
        </SampleProvider>
      ) : (
        <TriggerForm
          workflow={workflow}
          draft={draft}
          stages={stages}
          problems={problemsAt(shown, (place) => place.part === 'trigger')}
          onBlur={editor.touch}
          onChange={(changed) => change({ ...draft, ...changed })}
        />
      )}
    </section>
  );
}
