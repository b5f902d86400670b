import type { MergeableObject } from '../../../shared/contract/duplicates.ts';
import { fieldsOf } from '../../../shared/model/fields/registry.ts';
import { type ObjectName, objectNames } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import { customExpression } from '../fields/custom-values.ts';
import { customFields } from '../fields/custom-field-store.ts';
import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import { countFurtherLinks, type LinkEnd, linkIdsOf } from '../links/contact-link-store.ts';
import { recordKinds } from '../records/kinds.ts';

/** A record of which a field points at another one. */
export interface PointingRecord {
  readonly object: ObjectName;
  readonly id: string;
  readonly field: string;
}

/** Fields of any kind that point at records of this one, with how SQL reads them. */
function pointersTo(
  db: Reader,
  object: MergeableObject,
): { readonly object: ObjectName; readonly field: string; readonly sql: string }[] {
  return objectNames.flatMap((kind) =>
    fieldsOf(kind, customFields(db))
      .filter((field) => field.type === 'link' && field.links_to === object && field.editable)
      .map((field) => ({
        object: kind,
        field: field.name,
        sql: isCustomName(field.name) ? customExpression(field) : `r.${field.name}`,
      })),
  );
}

/** Every record that points at one of these, by a field of ours or of the user's own. */
export function pointingRecords(
  db: Reader,
  { object, ids }: { readonly object: MergeableObject; readonly ids: readonly string[] },
): PointingRecord[] {
  return pointersTo(db, object).flatMap(({ object: kind, field, sql }) =>
    ids.flatMap((id) =>
      db
        .all<{ id: string }>(
          `SELECT r.id FROM ${recordKinds[kind].table} r WHERE ${sql} = ? AND r.deleted_at IS NULL ORDER BY r.seq`,
          id,
        )
        .map((row) => ({ object: kind, id: row.id, field })),
    ),
  );
}

export function notesOn(db: Reader, ids: readonly string[]): string[] {
  return ids.flatMap((id) =>
    db
      .all<{ id: string }>(
        'SELECT id FROM notes WHERE record_id = ? AND deleted_at IS NULL ORDER BY seq',
        id,
      )
      .map((row) => row.id),
  );
}

/** Where links name a record of a kind. */
export const linkEnds = {
  contact: 'contact_id',
  company: 'company_id',
} as const satisfies Readonly<Record<MergeableObject, LinkEnd>>;

export function linksOn(db: Reader, object: MergeableObject, ids: readonly string[]): string[] {
  return ids.flatMap((id) => linkIdsOf(db, linkEnds[object], id));
}

/** How much hangs on a record by what an index answers: its notes, its links, and fields of ours that point at it. */
export function countLinks(db: Reader, object: MergeableObject, id: string): number {
  const counts = pointersTo(db, object)
    .filter(({ field }) => !isCustomName(field))
    .map(
      ({ object: kind, sql }) =>
        `(SELECT count(*) FROM ${recordKinds[kind].table} r WHERE ${sql} = ? AND r.deleted_at IS NULL)`,
    );
  counts.push('(SELECT count(*) FROM notes WHERE record_id = ? AND deleted_at IS NULL)');
  const values = counts.map(() => id);
  const row = db.get<{ count: number }>(`SELECT ${counts.join(' + ')} AS count`, ...values);
  return (row?.count ?? 0) + countFurtherLinks(db, linkEnds[object], id);
}
