import { useTranslation } from 'react-i18next';
import { nodeAttribute } from '../canvas/canvas-view.ts';
import { isKnownStep, stepLabel } from '../model/step-label.ts';
import type { DraftStep } from '../model/workflow-draft.ts';
import { stepInWords } from '../model/workflow-words.ts';
import { useWords, useWorkflowText } from '../use-words.ts';
import classes from './editor.module.css';
import { StepIcon } from './step-icon.tsx';
import { StepMenu, type StepMenuEdits } from './step-menu.tsx';

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface StepCardProps extends StepMenuEdits {
  readonly step: DraftStep;
  /** As steps are counted over the whole workflow, from 1. */
  readonly number: number;
  /** Its place in its own list. */
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
  readonly faulty: boolean;
  readonly missing: number;
  readonly canPaste: boolean;
  readonly onSelect: () => void;
}

/** A step in the list: what it is, what it does, what is wrong with it, and what can be done with it. */
export function StepCard(props: StepCardProps) {
  const { step, number, index, count, selected, faulty, missing, onSelect, onMove } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const words = useWords();
  const label = stepLabel(step.type, text);

  return (
    <div className={classes.cardRow}>
      <button
        {...nodeAttribute(step.id)}
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
          <StepIcon type={step.type} known={isKnownStep(step.type)} />
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
      <StepMenu
        number={number}
        enabled={step.enabled}
        canMoveUp={index > 0}
        canMoveDown={index < count - 1}
        canPaste={props.canPaste}
        edits={props}
      />
    </div>
  );
}
