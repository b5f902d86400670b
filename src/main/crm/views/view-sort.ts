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
    case 'multi_choice':
    case 'long_text':
      return null;
    case 'stage':
      return '(SELECT p.position * 10000 + s.position FROM stages s JOIN pipelines p ON p.id = s.pipeline_id WHERE s.id = r.stage_id)';
    case 'pipeline':
      return '(SELECT p.position FROM stages s JOIN pipelines p ON p.id = s.pipeline_id WHERE s.id = r.stage_id)';
    case 'choice':
      return `CASE ${column} ${(field.choices ?? []).map((choice, place) => `WHEN '${choice}' THEN ${place}`).join(' ')} END`;
    case 'link':
      return linkedNames(field);
    case 'money':
    case 'number':
    case 'boolean':
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

/** Where a page ended: the value of each key of the order in its last row. */
export type Place = readonly (string | number | null)[];

/** Opaque to callers. */
export function encodePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws UserError `bad_request` when the text is no cursor of ours */
function decodePlace(text: string, length: number): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const isValue = (value: unknown): value is Place[number] =>
      value === null || typeof value === 'string' || typeof value === 'number';
    if (Array.isArray(place) && place.length === length && place.every(isValue)) return place;
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
  /** Instead of the records `r` alone. */
  readonly from?: string;
  readonly where: string;
  readonly values: readonly SqlValue[];
  readonly order: string;
  /** What makes the place of a row, in SQL, its `seq` last. */
  readonly place: readonly string[];
}

/** The newest first, by their key alone. */
export function newestFirst(cursor: string | undefined): Phase[] {
  const after = cursor === undefined ? null : decodePlace(cursor, 1);
  return [
    {
      where: after === null ? '1' : 'r.seq < ?',
      values: after ?? [],
      order: 'r.seq DESC',
      place: ['r.seq'],
    },
  ];
}

/**
 * A sorted list in two parts, each paged by keyset: first the records that have a value, then those without. One part
 * would keep SQLite from reading an index in order.
 */
export function sortPhases(
  expression: string,
  direction: 'asc' | 'desc',
  cursor: string | undefined,
): Phase[] {
  const after = cursor === undefined ? null : decodePlace(cursor, 2);
  const beyond = direction === 'asc' ? '>' : '<';
  const filled: Phase = {
    where: `${expression} IS NOT NULL${after === null ? '' : ` AND (${expression}, r.seq) ${beyond} (?, ?)`}`,
    values: after ?? [],
    order: `${expression} ${direction}, r.seq ${direction}`,
    place: [expression, 'r.seq'],
  };
  const inEmpty = after !== null && after[0] === null;
  const empty: Phase = {
    where: `${expression} IS NULL${inEmpty ? ' AND r.seq < ?' : ''}`,
    values: inEmpty ? after.slice(1) : [],
    order: 'r.seq DESC',
    place: ['NULL', 'r.seq'],
  };
  return inEmpty ? [empty] : [filled, empty];
}

/**
 * All records by the name of what a link points at, in the order of the names: the named table has an index of it, and
 * each of its rows leads to its records. Only for a list that nothing filters: sorting what a filter leaves is less work.
 *
 * @returns null for a link whose names have no index
 */
export function linkPhases(
  object: ObjectName,
  fieldName: string,
  direction: 'asc' | 'desc',
  cursor: string | undefined,
): Phase[] | null {
  const field = findField(object, fieldName);
  const target = field?.type === 'link' ? field.links_to : undefined;
  if (target !== 'contact' && target !== 'company') return null;
  const { table, expressions } = recordKinds[target];
  const name = (expressions['name'] ?? 'r.name').replaceAll(/\br\./g, 'k.');
  const link = `r.${fieldName}`;
  const [filled, empty] = sortPhases(`(${name}) COLLATE NOCASE`, direction, undefined);
  if (!filled || !empty) return null;
  const own = recordKinds[object].table;
  const after = cursor === undefined ? null : decodePlace(cursor, 2);
  const beyond = direction === 'asc' ? '>' : '<';
  const named: Phase = {
    ...filled,
    // CROSS JOIN: the names first, in their order.
    from: `${table} k CROSS JOIN ${own} r ON ${link} = k.id AND k.deleted_at IS NULL`,
    ...(after === null
      ? {}
      : {
          where: `((${name}) COLLATE NOCASE, r.seq) ${beyond} (?, ?)`,
          values: after,
        }),
  };
  const inEmpty = after !== null && after[0] === null;
  const unnamed: Phase = {
    ...empty,
    where: `NOT EXISTS (SELECT 1 FROM ${table} k WHERE k.id = ${link} AND k.deleted_at IS NULL)${inEmpty ? ' AND r.seq < ?' : ''}`,
    values: inEmpty ? after.slice(1) : [],
  };
  return inEmpty ? [unnamed] : [named, unnamed];
}

/** A list in groups, each sorted; empty values last in both. No index has this order, so it is sorted as asked. */
export function groupedPhase(
  group: string,
  sort: { readonly expression: string; readonly direction: 'asc' | 'desc' } | null,
  cursor: string | undefined,
): Phase[] {
  const keys: (readonly [string, 'asc' | 'desc'])[] = [
    [`(${group} IS NULL)`, 'asc'],
    [group, 'asc'],
  ];
  if (sort) {
    keys.push([`(${sort.expression} IS NULL)`, 'asc'], [sort.expression, sort.direction]);
  }
  keys.push(['r.seq', 'desc']);
  const after = cursor === undefined ? null : decodePlace(cursor, keys.length);
  // Beyond in one key, equal in all before it.
  const beyond = keys.map(([key, direction], index) => {
    const equal = keys.slice(0, index).map(([before]) => `${before} IS ?`);
    return `(${[...equal, `${key} ${direction === 'asc' ? '>' : '<'} ?`].join(' AND ')})`;
  });
  return [
    {
      where: after === null ? '1' : `(${beyond.join(' OR ')})`,
      values: after === null ? [] : keys.flatMap((_, index) => after.slice(0, index + 1)),
      order: keys.map(([key, direction]) => `${key} ${direction}`).join(', '),
      place: keys.map(([key]) => key),
    },
  ];
}
