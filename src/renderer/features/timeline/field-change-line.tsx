import { useTranslation } from 'react-i18next';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { FieldDisplay } from '../records/field-value.tsx';
import type { AnyRecord, FieldValue } from '../records/record-api.ts';
import { useFieldText } from '../records/use-field-text.ts';
import classes from './timeline.module.css';

interface FieldChangeLineProps {
  readonly object: ObjectName;
  /** Lends what a value needs to be read, such as its currency. */
  readonly record: AnyRecord;
  /** Of the field. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** One field, what it held and what it holds. */
export function FieldChangeLine({ object, record, name, before, after }: FieldChangeLineProps) {
  const fieldText = useFieldText();
  const field = findField(object, name);
  const label = field ? fieldText.label(object, field) : name;
  return (
    <span className={classes.fieldChange}>
      <span className={classes.fieldName}>{label}</span>
      <del className={classes.old}>
        <Value object={object} record={record} name={name} value={before} />
      </del>
      <span aria-hidden className={classes.arrow}>
        →
      </span>
      <ins className={classes.new}>
        <Value object={object} record={record} name={name} value={after} />
      </ins>
    </span>
  );
}

interface ValueProps {
  readonly object: ObjectName;
  readonly record: AnyRecord;
  readonly name: string;
  readonly value: unknown;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function Value({ object, record, name, value }: ValueProps) {
  const { t } = useTranslation('records');
  const field = findField(object, name);
  if (isEmpty(value)) return <span className={classes.empty}>{t('empty_value')}</span>;
  // The API carries old and new in the very form it carries the field itself.
  const shown = value as FieldValue;
  if (!field) return <>{String(shown)}</>;
  return <FieldDisplay field={field} record={{ ...record, [name]: shown }} />;
}
