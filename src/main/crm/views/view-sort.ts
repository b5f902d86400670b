import type { Field } from '../../../shared/model/fields/field.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { invalid, UserError } from '../../errors.ts';
import type { SqlValue } from '../../db/handle.ts';
import { recordKinds } from '../records/kinds.ts';
import { linkedNames } from './linked-names.ts';

/** How SQL orders the records `r` by a field; null for one that has no order, such as tags. */
function sortExpression(object: ObjectName, field: Field): string | null {
  const column = recordKinds[object].expressions[field.name] ?? `r.${field.name}`;
  switch (field.type) {
    case 'id':
    case 'tags':
    case 'long_text':
      return null;
    case 'stage':
      return '(SELECT position FROM stages WHERE id = r.stage_id)';
    case 'choice':
      return `CASE ${column} ${(field.choices ?? []).map((choice, place) => `WHEN '${choice}' THEN ${place}`).join(' ')} END`;
    case 'link':
      return linkedNames(field);
    case 'money':
    case 'date':
    case 'datetime':
      return column;
    case 'text':
    case 'email':
    case 'phone':
    case 'domain':
    case 'currency':
      return `(${column}) COLLATE NOCASE`;
  }
}

/** @throws UserError when the field does not exist or has no order */
export function checkedSort(object: ObjectName, fieldName: string): string {
  const field = findField(object, fieldName);
  const expression = field ? sortExpression(object, field) : null;
  if (expression !== null) return expression;
  throw invalid(
    'sort.field',
    `A ${object} cannot be sorted by "${fieldName}". Choose another field.`,
  );
}

/** Where a page ended. */
export interface Place {
  readonly seq: number;
  /** Of the sorted field; null: among the records where it is empty, which come last. */
  readonly value: string | number | null;
}

/** Opaque to callers. */
export function encodePlace({ seq, value }: Place): string {
  return Buffer.from(JSON.stringify([seq, value])).toString('base64url');
}

/** @throws UserError `bad_request` when the text is no cursor of ours */
export function decodePlace(text: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(place) && place.length === 2) {
      const [seq, value]: unknown[] = place;
      const isValue = value === null || typeof value === 'string' || typeof value === 'number';
      if (typeof seq === 'number' && Number.isInteger(seq) && isValue) return { seq, value };
    }
  } catch {
    // Told below, with whatever else is no cursor.
  }
  throw new UserError(
    'bad_request',
    'cursor is not valid. Use the next_cursor of the answer before, as it stands.',
    { field: 'cursor' },
  );
}

export interface Phase {
  readonly where: string;
  readonly values: readonly SqlValue[];
  readonly order: string;
  readonly value: string;
}

/**
 * A sorted list in two parts, each paged by keyset: first the records that have a value, then those without. One part
 * would keep SQLite from reading an index in order.
 */
export function sortPhases(
  expression: string,
  direction: 'asc' | 'desc',
  after: Place | null,
): Phase[] {
  const beyond = direction === 'asc' ? '>' : '<';
  const filled: Phase = {
    where: `${expression} IS NOT NULL${after === null ? '' : ` AND (${expression}, r.seq) ${beyond} (?, ?)`}`,
    values: after === null ? [] : [after.value, after.seq],
    order: `${expression} ${direction}, r.seq ${direction}`,
    value: expression,
  };
  const inEmpty = after !== null && after.value === null;
  const empty: Phase = {
    where: `${expression} IS NULL${inEmpty ? ' AND r.seq < ?' : ''}`,
    values: inEmpty ? [after.seq] : [],
    order: 'r.seq DESC',
    value: 'NULL',
  };
  return inEmpty ? [empty] : [filled, empty];
}
