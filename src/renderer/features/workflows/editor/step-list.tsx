import { ActionIcon, Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { Fragment, type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import { nodeAttribute } from '../canvas/canvas-view.ts';
import { conditionsInWords } from '../model/condition-words.ts';
import { isShownList, placedSteps, rootList } from '../model/draft-tree.ts';
import { fieldDomId, placeOf, problemsOfStep } from '../model/problem-place.ts';
import { listLabel } from '../model/step-label.ts';
import { triggersInWords } from '../model/trigger-words.ts';
import { type DraftStep, draftTriggers, type WorkflowDraft } from '../model/workflow-draft.ts';
import { useStages, useWords, useWorkflowText } from '../use-words.ts';
import classes from './editor.module.css';
import { StepCard } from './step-card.tsx';
import { TriggerIcon } from './step-icon.tsx';
import { StepLibrary } from './step-library.tsx';
import tree from './step-tree.module.css';
import type { StepEdits } from './use-step-edits.ts';

interface StepListProps {
  readonly draft: WorkflowDraft;
  /** `trigger`, or the id of a step. */
  readonly selected: string;
  readonly edits: StepEdits;
  readonly canPaste: boolean;
  readonly onSelect: (selected: string) => void;
  readonly faults: readonly Problem[];
  readonly gaps: readonly Problem[];
}

/** The workflow from top to bottom: what starts it, then its steps, those of a branch set in under it. */
export function StepList(props: StepListProps) {
  const { draft, selected, edits, canPaste, onSelect, faults, gaps } = props;
  const { t } = useTranslation('workflows');
  const words = useWords();
  const placed = useMemo(() => placedSteps(draft.steps), [draft.steps]);
  const isAtTrigger = ({ path }: Problem): boolean => placeOf(path).part === 'trigger';
  const triggerFaulty = faults.some(isAtTrigger);
  const triggerMissing = gaps.filter(isAtTrigger).length;
  const conditions = conditionsInWords(draft.conditions, words);

  function renderCard(step: DraftStep, index: number, count: number): ReactElement {
    const number = placed.findIndex((one) => one.step.id === step.id) + 1;
    const path = placed[number - 1]?.path ?? '';
    return (
      <li>
        <StepCard
          step={step}
          number={number}
          index={index}
          count={count}
          selected={selected === step.id}
          faulty={problemsOfStep(faults, path).size > 0}
          missing={problemsOfStep(gaps, path).size}
          onSelect={() => onSelect(step.id)}
          canPaste={canPaste}
          onMove={(by) => edits.move(step.id, by)}
          onDuplicate={() => edits.duplicate(step.id)}
          onCopy={() => edits.copy(step.id)}
          onPaste={() => edits.pasteAfter(step.id)}
          onToggle={() => edits.toggle(step.id)}
          onRemove={() => edits.remove(step.id)}
        />
        {step.lists.map((list, place) =>
          isShownList(step, list) ? (
            <Branch
              // oxlint-disable-next-line react/no-array-index-key -- a list has no other name, and holds no state
              key={`${list.name} ${place}`}
              step={step}
              number={number}
              place={place}
              off={!step.enabled}
              render={renderCard}
              onAdd={(type, at) => edits.add(type, { place: { parent: step.id, list: place }, at })}
            />
          ) : null,
        )}
      </li>
    );
  }

  return (
    <ol className={classes.steps} aria-label={t('editor.build')}>
      <li>
        <button
          {...nodeAttribute('trigger')}
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
                trigger: triggersInWords(draftTriggers(draft), words),
              })}
            </span>
            {conditions !== '' && (
              <span className={classes.cardWords}>{t('flow.words.only_when', { conditions })}</span>
            )}
            {triggerFaulty ? (
              <span className={classes.cardFault}>{t('editor.faulty')}</span>
            ) : (
              triggerMissing > 0 && (
                <span className={classes.cardGap}>
                  {t('editor.missing', { count: triggerMissing })}
                </span>
              )
            )}
          </span>
        </button>
      </li>
      {draft.steps.map((step, index) => (
        <Fragment key={step.id}>
          <li className={classes.between}>
            <InsertHere onChoose={(type) => edits.add(type, { place: rootList, at: index })} />
          </li>
          {renderCard(step, index, draft.steps.length)}
        </Fragment>
      ))}
      <li className={classes.end} id={fieldDomId('steps', '')} tabIndex={-1}>
        {draft.steps.length === 0 && <p className={classes.endHint}>{t('editor.no_steps')}</p>}
        <StepLibrary
          onChoose={(type) => edits.add(type, { place: rootList, at: draft.steps.length })}
        >
          <Button variant="default" leftSection={<Plus size={14} />}>
            {t('editor.add_step')}
          </Button>
        </StepLibrary>
      </li>
    </ol>
  );
}

function InsertHere({ onChoose }: { readonly onChoose: (type: string) => void }) {
  const { t } = useTranslation('workflows');
  return (
    <StepLibrary onChoose={onChoose}>
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
  );
}

interface BranchProps {
  readonly step: DraftStep;
  readonly number: number;
  readonly place: number;
  /** The step is switched off, and with it all that is below it. */
  readonly off: boolean;
  readonly render: (step: DraftStep, index: number, count: number) => ReactElement;
  readonly onAdd: (type: string, at: number) => void;
}

/** One list of steps below a step, under the words that say when it is taken. */
function Branch({ step, number, place, off, render, onAdd }: BranchProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const stages = useStages();
  const list = step.lists[place];
  if (!list) return null;
  const label = listLabel(step, list, stages, text);
  return (
    <div className={tree.branch} data-off={off || undefined}>
      <p className={tree.label}>{label}</p>
      <ol className={tree.list} aria-label={t('flow.list_label', { list: label, number })}>
        {list.steps.map((child, index) => (
          <Fragment key={child.id}>
            {index > 0 && (
              <li className={tree.between}>
                <InsertHere onChoose={(type) => onAdd(type, index)} />
              </li>
            )}
            {render(child, index, list.steps.length)}
          </Fragment>
        ))}
        <li className={tree.end}>
          <StepLibrary onChoose={(type) => onAdd(type, list.steps.length)}>
            <Button
              className={tree.add ?? ''}
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<Plus size={12} />}
              aria-label={t('flow.add_step_to', { list: label, number })}
            >
              {t('editor.add_step')}
            </Button>
          </StepLibrary>
        </li>
      </ol>
    </div>
  );
}
