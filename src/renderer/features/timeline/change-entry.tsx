import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TimelineChange } from '../../../shared/contract/timeline.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { AnyRecord } from '../records/record-api.ts';
import { FieldChangeLine } from './field-change-line.tsx';
import classes from './timeline.module.css';

interface ChangeEntryProps {
  readonly object: ObjectName;
  readonly record: AnyRecord;
  readonly change: TimelineChange;
}

/** Who changed what: old struck, new bold. */
export function ChangeEntry({ object, record, change }: ChangeEntryProps) {
  const { t } = useTranslation('timeline');
  const { operation, fields, actor } = change;
  return (
    <div className={classes.change}>
      {operation !== 'update' && <span>{t(`operation.${operation}`)}</span>}
      {fields.map(({ field, old, new: now }) => (
        <FieldChangeLine
          key={field}
          object={object}
          record={record}
          name={field}
          before={old}
          after={now}
        />
      ))}
      <Actor actor={actor} />
    </div>
  );
}

/** Nothing is said of the user: it is their file. */
function Actor({ actor }: { readonly actor: TimelineChange['actor'] }) {
  const { t } = useTranslation('timeline');
  if (actor.kind === 'user') return null;
  if (actor.kind !== 'workflow' || actor.execution_id === null) {
    return <span className={classes.by}>{t(`actor.${actor.kind}`, { defaultValue: '' })}</span>;
  }
  return (
    <Link
      className={classes.by}
      to="/runs/{-$executionId}"
      params={{ executionId: actor.execution_id }}
    >
      {t('by_workflow', { name: actor.workflow_name ?? t('a_workflow') })}
    </Link>
  );
}
