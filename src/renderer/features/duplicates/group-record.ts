import type { DuplicateGroup } from '../../../shared/contract/duplicates.ts';
import type { AnyRecord, FieldValue } from '../records/record-api.ts';

/** A record of a group in the terms of the other screens. */
export function toRecord({ values }: DuplicateGroup['records'][number]): AnyRecord {
  const text = (name: string): string => String(values[name] ?? '');
  return {
    ...values,
    id: text('id'),
    created_at: text('created_at'),
    updated_at: text('updated_at'),
  };
}

export function isEmpty(value: FieldValue | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}
