import { useTranslation } from 'react-i18next';
import type { RehearsedRun } from '../../../../shared/contract/rehearsal.ts';
import { findField } from '../../../../shared/model/fields/registry.ts';
import { formatDayTime } from '../../../ui/format.ts';
import { StatusPill } from '../../../ui/status-dot.tsx';
import { customFields } from '../../records/known-custom-fields.ts';
import { StepIcon } from '../editor/step-icon.tsx';
import { outcomeInWords } from '../model/branch-words.ts';
import { shownValue } from '../model/shown-value.ts';
import { isKnownStep, stepLabel } from '../model/step-label.ts';
import { RecordLink } from '../record-link.tsx';
import { runTones } from '../run-strip.tsx';
import { useRunLabel } from '../use-run-label.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './rehearse.module.css';

type TimelineStep = RehearsedRun['steps'][number];
type Change = RehearsedRun['changes'][number];

const dayMs = 86_400_000;

/** A run on the simulated clock, day by day: what each step sends, and what all of them change. */
export function RunTimeline({ run }: { readonly run: RehearsedRun }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const runLabel = useRunLabel();
  const event = text(`triggers.${run.event.type}.label`, { defaultValue: run.event.type });
  return (
    <article className={classes.timeline} aria-label={run.record_name ?? t('runs.no_record')}>
      <header className={classes.timelineHead}>
        <h2>
          <RecordLink record={run.record} name={run.record_name} />
        </h2>
        <StatusPill tone={runTones[run.status]} label={runLabel(run)} />
        <span className={classes.dim}>
          {run.event.id === null
            ? t('rehearse.as_if', { event })
            : t('rehearse.event_at', { event, when: formatDayTime(run.event.occurred_at) })}
        </span>
      </header>
      {run.error_message !== null && <p className={classes.failureLine}>{run.error_message}</p>}
      {run.end_reason !== null && (
        <p className={classes.note}>{t(`flow.run.end_reasons.${run.end_reason}`)}</p>
      )}
      <ol className={classes.days} aria-label={t('run.steps')}>
        {daysOf(run).map(({ day, at, steps }) => (
          <li key={day}>
            <h3 className={classes.day}>
              {t('rehearse.starts_at', {
                day: day === 0 ? t('rehearse.day_zero') : t('rehearse.day', { count: day }),
                when: formatDayTime(at),
              })}
            </h3>
            <ol className={classes.daySteps}>
              {steps.map((step, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a step in a loop is there once for each turn
                <StepLine key={index} {...step} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
      <section aria-label={t('rehearse.changes')}>
        <h3 className={classes.day}>{t('rehearse.changes')}</h3>
        {run.changes.length === 0 && <p className={classes.note}>{t('rehearse.no_changes')}</p>}
        {run.changes.map((change) => (
          <RecordChanges key={change.id} change={change} />
        ))}
      </section>
    </article>
  );
}

/** The steps of a run by the day they fall on, counted from its beginning. */
function daysOf(run: RehearsedRun): { day: number; at: string; steps: TimelineStep[] }[] {
  const days: { day: number; at: string; steps: TimelineStep[] }[] = [];
  const start = Date.parse(run.started_at ?? run.event.occurred_at);
  for (const step of run.steps) {
    const day = Math.max(0, Math.floor((Date.parse(step.at) - start) / dayMs));
    const last = days.at(-1);
    if (last?.day === day) last.steps.push(step);
    else days.push({ day, at: step.at, steps: [step] });
  }
  return days;
}

function StepLine({ step, sends }: TimelineStep) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const label = stepLabel(step.type, text);
  const outcome = outcomeInWords(step, text, formatDayTime);
  const title = step.input['title'];
  return (
    <li className={classes.step} data-status={step.status}>
      <span className={classes.stepIcon}>
        <StepIcon type={step.type} known={isKnownStep(step.type)} />
      </span>
      <div className={classes.stepBody}>
        <span className={classes.stepName}>{step.name ?? label}</span>
        {typeof title === 'string' && <span>{` “${title}”`}</span>}
        {step.status !== 'succeeded' && (
          <span className={classes.dim}>{` · ${t(`step_status.${step.status}`)}`}</span>
        )}
        {outcome !== null && <p className={classes.dim}>{outcome}</p>}
        {step.error !== null && <p className={classes.failureLine}>{step.error}</p>}
        {step.warnings.map((warning) => (
          <p key={warning} className={classes.dim}>
            {warning}
          </p>
        ))}
        {sends?.kind === 'email' && <Email content={sends.content} />}
        {sends?.kind === 'webhook' && <Request content={sends.content} />}
      </div>
    </li>
  );
}

type Sent = NonNullable<TimelineStep['sends']>;

function Email({ content }: { readonly content: Extract<Sent, { kind: 'email' }>['content'] }) {
  const { t } = useTranslation('workflows');
  return (
    <div className={classes.sent}>
      <dl>
        <dt>{t('rehearse.email.to')}</dt>
        <dd>{content.to.map(({ address }) => address).join(', ')}</dd>
        <dt>{t('rehearse.email.subject')}</dt>
        <dd>{content.subject}</dd>
      </dl>
      <p className={classes.body}>{content.text}</p>
    </div>
  );
}

function Request({ content }: { readonly content: Extract<Sent, { kind: 'webhook' }>['content'] }) {
  const { t } = useTranslation('workflows');
  return (
    <div className={classes.sent}>
      <p>{`${content.method} ${content.url}`}</p>
      <pre className={classes.body}>{content.body ?? t('rehearse.no_body')}</pre>
    </div>
  );
}

function RecordChanges({ change }: { readonly change: Change }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const { object, fields } = change;
  return (
    <div className={classes.changed}>
      <h4>
        {change.is_new ? (
          <>
            {t('rehearse.made', { object: t(`objects.${object}`) })}
            {change.record_name !== null && ` “${change.record_name}”`}
          </>
        ) : (
          <RecordLink record={{ object, id: change.id }} name={change.record_name} />
        )}
      </h4>
      <dl>
        {Object.entries(fields)
          .filter(([name]) => !change.is_new || !name.endsWith('_id'))
          .map(([name, { old, new: value }]) => (
            <div key={name} className={classes.change}>
              <dt>
                {text(`fields:${object}.${name}`, {
                  defaultValue: findField(object, name, customFields())?.label ?? name,
                })}
              </dt>
              <dd>
                {!change.is_new && <del>{shownField(change, name, old) || t('run.empty')}</del>}
                <ins>{shownField(change, name, value) || t('run.empty')}</ins>
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function shownField({ object }: Change, name: string, value: unknown): string {
  const field = findField(object, name, customFields());
  return field?.type === 'datetime' && typeof value === 'string'
    ? formatDayTime(value)
    : shownValue(value);
}
