import { useTranslation } from 'react-i18next';
import type { StepResult } from '../../../../shared/contract/workflows.ts';
import { findField } from '../../../../shared/model/fields/registry.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import { StatusDot, type Tone } from '../../../ui/status-dot.tsx';
import { StepIcon } from '../editor/step-icon.tsx';
import { useWorkflowText } from '../use-words.ts';
import { resultEntries, shownValue } from '../model/shown-value.ts';
import classes from './run.module.css';

const tones: Readonly<Record<StepResult['status'], Tone>> = {
  succeeded: 'green',
  failed: 'red',
  skipped: 'grey',
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
  const label = isActionType(step.type)
    ? text(`actions.${step.type}.label`, { defaultValue: actionDescriptors[step.type].label })
    : step.type;
  const status = t(`step_status.${step.status}`);

  return (
    <li className={classes.step} aria-label={t('run.step_label', { number, label, status })}>
      <div className={classes.stepHead}>
        <span className={classes.stepIcon}>
          <StepIcon type={step.type} known={isActionType(step.type)} />
        </span>
        <span className={classes.stepName}>{step.name ?? label}</span>
        {step.name !== null && <span className={classes.dim}>{label}</span>}
        <span className={classes.stepStatus}>
          <StatusDot tone={tones[step.status]} />
          {status}
        </span>
      </div>
      {step.error !== null && (
        <p className={classes.stepError} role="alert">
          {step.error}
        </p>
      )}
      {step.warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          <StatusDot tone="amber" />
          {warning}
        </p>
      ))}
      {step.status === 'skipped' ? (
        <p className={classes.none}>{t('run.off')}</p>
      ) : (
        <div className={classes.columns}>
          <Values title={t('run.input')} values={step.input} none={t('run.no_input')} />
          <Values title={t('run.output')} values={step.output ?? {}} none={t('run.no_output')} />
        </div>
      )}
      {step.changes.length > 0 && <Changes changes={step.changes} />}
    </li>
  );
}

interface ValuesProps {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly none: string;
}

function Values({ title, values, none }: ValuesProps) {
  const text = useWorkflowText();
  const entries = resultEntries(values);
  return (
    <section className={classes.values} aria-label={title}>
      <h3>{title}</h3>
      {entries.length === 0 ? (
        <p className={classes.dim}>{none}</p>
      ) : (
        <dl>
          {entries.map(({ path, value }) => (
            <div key={path} className={classes.value}>
              <dt>{text(`config.${path}`, { defaultValue: path.replaceAll(/[._]/g, ' ') })}</dt>
              <dd>{shownValue(value) || text('run.empty')}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
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
                    defaultValue: findField(object, name)?.label ?? name,
                  }),
                })}
              </dt>
              <dd>
                <del>{shownValue(change.old) || t('run.empty')}</del>
                <ins>{shownValue(change.new) || t('run.empty')}</ins>
              </dd>
            </div>
          )),
        )}
      </dl>
    </section>
  );
}
