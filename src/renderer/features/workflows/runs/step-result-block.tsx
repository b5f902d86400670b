import { useTranslation } from 'react-i18next';
import type { StepResult } from '../../../../shared/contract/workflows.ts';
import { findField } from '../../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../../shared/model/objects.ts';
import type { ActionDescriptor } from '../../../../shared/workflow/actions/descriptor.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import { ErrorKindLabel } from '../../../ui/error-kind-label.tsx';
import { formatDay, formatDayTime } from '../../../ui/format.ts';
import { StatusDot, type Tone } from '../../../ui/status-dot.tsx';
import { isControlType } from '../../../../shared/workflow/definition.ts';
import { outcomeInWords } from '../model/branch-words.ts';
import { isKnownStep, stepLabel } from '../model/step-label.ts';
import { StepIcon } from '../editor/step-icon.tsx';
import { useWorkflowText } from '../use-words.ts';
import {
  changesOfExisting,
  type CreatedRecord,
  createdRecords,
  resultEntries,
  shownValue,
} from '../model/shown-value.ts';
import { RecordLink } from '../record-link.tsx';
import classes from './run.module.css';
import { customFields } from '../../records/known-custom-fields.ts';

export const stepTones: Readonly<Record<StepResult['status'], Tone>> = {
  succeeded: 'green',
  failed: 'red',
  skipped: 'grey',
  waiting: 'blue',
  parked: 'amber',
  retried: 'grey',
};

/** One step of a run: what it was given → what came out → which fields changed. */
export function StepResultBlock({
  step,
  number,
}: {
  readonly step: StepResult;
  readonly number: number;
}) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const label = stepLabel(step.type, text);
  const outcome = outcomeInWords(step, text, formatDayTime);
  const status = t(`step_status.${step.status}`);
  const created = createdRecords(step.output ?? {});
  const changes = changesOfExisting(step.changes, created);

  return (
    <li className={classes.step} aria-label={t('run.step_label', { number, label, status })}>
      <div className={classes.stepHead}>
        <span className={classes.stepIcon}>
          <StepIcon type={step.type} known={isKnownStep(step.type)} />
        </span>
        <span className={classes.stepName}>{step.name ?? label}</span>
        {step.name !== null && <span className={classes.dim}>{label}</span>}
        <span className={classes.stepStatus}>
          <StatusDot tone={stepTones[step.status]} />
          {status}
        </span>
      </div>
      {step.error !== null && (
        <p className={classes.stepError} role="alert">
          <ErrorKindLabel kind={step.error_kind} />
          {step.error.charAt(0).toUpperCase() + step.error.slice(1)}
        </p>
      )}
      {step.warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          <StatusDot tone="amber" />
          {warning}
        </p>
      ))}
      {step.status === 'skipped' ? (
        <p className={classes.none}>{t(step.error === null ? 'run.off' : 'run.left_out')}</p>
      ) : isControlType(step.type) ? (
        outcome !== null && <p className={classes.outcome}>{outcome}</p>
      ) : (
        <div className={classes.columns}>
          <Values
            title={t('run.input')}
            type={step.type}
            values={step.input}
            none={t('run.no_input')}
          />
          <Values
            title={t('run.output')}
            type={step.type}
            values={step.output ?? {}}
            created={created}
            none={t('run.no_output')}
          />
        </div>
      )}
      {changes.length > 0 && <Changes changes={changes} />}
    </li>
  );
}

interface ValuesProps {
  readonly title: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly created?: readonly CreatedRecord[];
  readonly none: string;
}

// One list for every block without new records, so that nothing renders twice.
const noRecords: readonly CreatedRecord[] = [];

function Values({ title, type, values, created = noRecords, none }: ValuesProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const entries = resultEntries(values);
  const descriptor: ActionDescriptor | null = isActionType(type) ? actionDescriptors[type] : null;

  function label(path: string): string {
    const config = descriptor?.config.find((field) => field.name === path);
    const field = created[0] && findField(created[0].object, path, customFields());
    return text(`config.${path}`, {
      defaultValue: field?.label ?? config?.label ?? path.replaceAll('_', ' '),
    });
  }

  return (
    <section className={classes.values} aria-label={title}>
      <h3>{title}</h3>
      {entries.length === 0 && created.length === 0 && <p className={classes.dim}>{none}</p>}
      <dl>
        {created.map((record) => (
          <div key={record.id} className={classes.value}>
            <dt>{t('run.created', { object: t(`objects.${record.object}`) })}</dt>
            <dd>
              <RecordLink record={record} name={record.name} />
            </dd>
          </div>
        ))}
        {entries
          // The link already says the name of a new record.
          .filter(({ path }) => created.length === 0 || (path !== 'title' && path !== 'name'))
          .map(({ path, value }) => (
            <div key={path} className={classes.value}>
              <dt>{label(path)}</dt>
              <dd>{shownField(created[0]?.object, path, value) || t('run.empty')}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** A record's value as the other screens show it; anything else as it is. */
function shownField(object: ObjectName | undefined, name: string, value: unknown): string {
  const field = object && findField(object, name, customFields());
  if (typeof value !== 'string') return shownValue(value);
  if (field?.type === 'datetime') return formatDayTime(value);
  return field?.type === 'date' ? formatDay(value) : value;
}

function Changes({ changes }: { readonly changes: StepResult['changes'] }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (
    <section className={classes.changes} aria-label={t('run.changes')}>
      <h3>{t('run.changes')}</h3>
      <dl>
        {changes.flatMap(({ object, id, fields }) =>
          Object.entries(fields).map(([name, change]) => (
            <div key={`${id} ${name}`} className={classes.change}>
              <dt>
                {t('run.change_field', {
                  object: t(`objects_title.${object}`),
                  field: text(`fields:${object}.${name}`, {
                    defaultValue: findField(object, name, customFields())?.label ?? name,
                  }),
                })}
              </dt>
              <dd>
                <del>{shownField(object, name, change.old) || t('run.empty')}</del>
                <ins>{shownField(object, name, change.new) || t('run.empty')}</ins>
              </dd>
            </div>
          )),
        )}
      </dl>
    </section>
  );
}
