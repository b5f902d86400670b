import { ActionIcon, Button, Menu } from '@mantine/core';
import { Ellipsis, Plus } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import { fieldDomId, problemsOfStep } from '../model/problem-place.ts';
import { triggerInWords } from '../model/trigger-words.ts';
import { stepInWords } from '../model/workflow-words.ts';
import {
  changeStep,
  type DraftStep,
  duplicateStep,
  insertStep,
  moveStep,
  newStep,
  removeStep,
  type WorkflowDraft,
} from '../model/workflow-draft.ts';
import { useWords, useWorkflowText } from '../use-words.ts';
import classes from './editor.module.css';
import { StepIcon, TriggerIcon } from './step-icon.tsx';
import { StepLibrary } from './step-library.tsx';

interface StepListProps {
  readonly draft: WorkflowDraft;
  /** `trigger`, or the id of a step. */
  readonly selected: string;
  readonly onSelect: (selected: string) => void;
  readonly onChange: (draft: WorkflowDraft) => void;
  readonly faults: readonly Problem[];
  readonly gaps: readonly Problem[];
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The workflow from top to bottom: what starts it, then its steps. */
export function StepList({ draft, selected, onSelect, onChange, faults, gaps }: StepListProps) {
  const { t } = useTranslation('workflows');
  const words = useWords();

  function add(type: string, at: number): void {
    const step = newStep(type, draft.steps);
    onChange(insertStep(draft, step, at));
    onSelect(step.id);
  }

  const triggerFaulty = faults.some((problem) => problem.path.startsWith('trigger'));

  return (
    <ol className={classes.steps} aria-label={t('editor.build')}>
      <li>
        <button
          type="button"
          className={classes.card}
          data-selected={selected === 'trigger' || undefined}
          aria-pressed={selected === 'trigger'}
          onClick={() => onSelect('trigger')}
        >
          <span className={classes.cardIcon} data-kind="trigger">
            <TriggerIcon />
          </span>
          <span className={classes.cardText}>
            <span className={classes.cardTitle}>{t('editor.trigger')}</span>
            <span className={classes.cardWords}>
              {t('words.when', {
                trigger: triggerInWords(draft.trigger_type, draft.trigger_config, words),
              })}
            </span>
            {triggerFaulty && <span className={classes.cardFault}>{t('editor.faulty')}</span>}
          </span>
        </button>
      </li>
      {draft.steps.map((step, index) => (
        <Fragment key={step.id}>
          <li className={classes.between}>
            <StepLibrary onChoose={(type) => add(type, index)}>
              <ActionIcon
                size={18}
                variant="default"
                radius="xl"
                className={classes.insert ?? ''}
                aria-label={t('editor.add_step_here')}
              >
                <Plus size={12} />
              </ActionIcon>
            </StepLibrary>
          </li>
          <StepCard
            step={step}
            index={index}
            count={draft.steps.length}
            selected={selected === step.id}
            faulty={problemsOfStep(faults, index).size > 0}
            missing={problemsOfStep(gaps, index).size}
            onSelect={() => onSelect(step.id)}
            onMove={(by) => onChange(moveStep(draft, step.id, by))}
            onDuplicate={() => onChange(duplicateStep(draft, step.id))}
            onToggle={() => onChange(changeStep(draft, step.id, { enabled: !step.enabled }))}
            onRemove={() => {
              onChange(removeStep(draft, step.id));
              if (selected === step.id) onSelect('trigger');
            }}
          />
        </Fragment>
      ))}
      <li className={classes.end} id={fieldDomId('steps', '')} tabIndex={-1}>
        {draft.steps.length === 0 && <p className={classes.endHint}>{t('editor.no_steps')}</p>}
        <StepLibrary onChoose={(type) => add(type, draft.steps.length)}>
          <Button variant="default" leftSection={<Plus size={14} />}>
            {t('editor.add_step')}
          </Button>
        </StepLibrary>
      </li>
    </ol>
  );
}

interface StepCardProps {
  readonly step: DraftStep;
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
  readonly faulty: boolean;
  readonly missing: number;
  readonly onSelect: () => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onDuplicate: () => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
}

function StepCard(props: StepCardProps) {
  const { step, index, count, selected, faulty, missing, onSelect, onMove } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const words = useWords();
  const known = isActionType(step.type);
  const label = isActionType(step.type)
    ? text(`actions.${step.type}.label`, { defaultValue: actionDescriptors[step.type].label })
    : step.type;
  const number = index + 1;

  return (
    <li className={classes.cardRow}>
      <button
        type="button"
        className={classes.card}
        data-selected={selected || undefined}
        data-off={!step.enabled || undefined}
        aria-pressed={selected}
        onClick={onSelect}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onMove(event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <span className={classes.cardIcon}>
          <StepIcon type={step.type} known={known} />
        </span>
        <span className={classes.cardText}>
          <span className={classes.cardTitle}>
            {step.name === '' ? label : step.name}
            {!step.enabled && <span className={classes.cardOff}>{t('editor.off')}</span>}
          </span>
          <span className={classes.cardWords}>{capitalized(stepInWords(step, words))}</span>
          {faulty ? (
            <span className={classes.cardFault}>{t('editor.faulty')}</span>
          ) : (
            missing > 0 && (
              <span className={classes.cardGap}>{t('editor.missing', { count: missing })}</span>
            )
          )}
        </span>
      </button>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon
            className={classes.cardMenu ?? ''}
            aria-label={t('editor.step_menu', { number })}
          >
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={index === 0} onClick={() => onMove(-1)}>
            {t('editor.move_up')}
          </Menu.Item>
          <Menu.Item disabled={index === count - 1} onClick={() => onMove(1)}>
            {t('editor.move_down')}
          </Menu.Item>
          <Menu.Item onClick={props.onDuplicate}>{t('editor.duplicate')}</Menu.Item>
          <Menu.Item onClick={props.onToggle}>
            {t(step.enabled ? 'editor.turn_off' : 'editor.turn_on_step')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={props.onRemove}>
            {t('editor.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
