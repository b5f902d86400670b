import type { Tag } from '../../../shared/contract/tags.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import type { RecordPatch } from '../../../shared/model/fields/registry.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import { readTagColor, type TagColor } from '../../../shared/model/tags.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { Connection, Reader, SqlValue } from '../../db/handle.ts';
import type { Committer, OpenAction, UnitOfWork } from '../../db/unit-of-work.ts';
import { notFound, UserError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { findRecord, updateRecord } from '../records/record-store.ts';
import { commitSlice, nextTurn } from '../../in-slices.ts';

const batchSize = 100;

interface TagRow {
  readonly id: string;
  readonly name: string;
  readonly name_folded: string;
  readonly color: string | null;
}

export function listTags(db: Reader): Tag[] {
  const alive = Object.values(recordKinds)
    .map(
      ({ table }) =>
        `EXISTS (SELECT 1 FROM ${table} WHERE id = rt.record_id AND deleted_at IS NULL)`,
    )
    .join(' OR ');
  return db
    .all<TagRow & { record_count: number }>(
      `SELECT t.id, t.name, t.color,
         (SELECT count(*) FROM record_tags rt WHERE rt.tag_id = t.id AND (${alive})) AS record_count
       FROM tags t ORDER BY t.name_folded`,
    )
    .map(({ id, name, color, record_count }) => ({
      id,
      name,
      color: readTagColor(color),
      record_count,
    }));
}

export function findTag(db: Reader, id: string): TagRow | undefined {
  return db.get<TagRow>('SELECT id, name, name_folded, color FROM tags WHERE id = ?', id);
}

function getTag(db: Reader, id: string): TagRow {
  const tag = findTag(db, id);
  if (!tag) throw notFound('tag', id);
  return tag;
}

/** @throws UserError `conflict` when another tag has the name */
export function updateTag(
  unit: UnitOfWork,
  id: string,
  patch: { readonly name?: string | undefined; readonly color?: TagColor | undefined },
): Tag {
  getTag(unit.db, id);
  const { name, color } = patch;
  writeTag(unit, id, {
    ...(name === undefined ? {} : { name, name_folded: foldText(name) }),
    ...(color === undefined ? {} : { color }),
  });
  const found = listTags(unit.db).find((tag) => tag.id === id);
  if (!found) throw notFound('tag', id);
  return found;
}

/** Writes what differs, with its journal row; also how undo writes. */
export function writeTag(
  unit: UnitOfWork,
  id: string,
  wanted: Readonly<Partial<Record<'name' | 'name_folded' | 'color', SqlValue>>>,
): void {
  const row: Readonly<Record<string, SqlValue>> = { ...getTag(unit.db, id) };
  const differing = Object.entries(wanted).filter(([column, value]) => row[column] !== value);
  if (differing.length === 0) return;
  const { name_folded: folded } = wanted;
  if (folded !== undefined) {
    const other = unit.db.get<TagRow>(
      'SELECT id, name FROM tags WHERE name_folded = ? AND id <> ?',
      folded,
      id,
    );
    if (other) {
      throw new UserError(
        'conflict',
        `There is a tag "${other.name}" already. Merge this one into it instead.`,
        { field: 'name' },
      );
    }
  }
  unit.db.run(
    `UPDATE tags SET ${differing.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...differing.map(([, value]) => value),
    id,
  );
  unit.journal({
    object: 'tag',
    record_id: id,
    operation: 'update',
    before: Object.fromEntries(differing.map(([column]) => [column, row[column] ?? null])),
    after: Object.fromEntries(differing),
  });
}

function deleteTag(unit: UnitOfWork, { id, name, name_folded, color }: TagRow): void {
  // Records in the bin lose it, too: there is nothing left to come back to.
  unit.db.run('DELETE FROM record_tags WHERE tag_id = ?', id);
  unit.db.run('DELETE FROM tags WHERE id = ?', id);
  unit.journal({
    object: 'tag',
    record_id: id,
    operation: 'delete',
    before: { name, name_folded, color },
    after: null,
  });
}

/** For undo: a tag that was deleted, with the id and colour it had. */
export function restoreTag(unit: UnitOfWork, id: string, tag: Omit<TagRow, 'id'>): void {
  unit.db.run(
    'INSERT OR IGNORE INTO tags (id, name, name_folded, color, created_at) VALUES (?, ?, ?, ?, ?)',
    id,
    tag.name,
    tag.name_folded,
    tag.color,
    unit.nowText,
  );
  unit.journal({
    object: 'tag',
    record_id: id,
    operation: 'restore',
    before: null,
    after: { ...tag },
  });
}

/** For redo: away with a tag again, once its records have lost it. */
export function removeTagRow(unit: UnitOfWork, id: string): void {
  const tag = findTag(unit.db, id);
  if (tag) deleteTag(unit, tag);
}

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * Takes a tag off every record and deletes it, in slices that are one action.
 *
 * @param into the tag the records get in its place; null for none
 * @returns how many records changed
 */
export async function dissolveTag(
  parts: Parts,
  actor: Actor,
  id: string,
  into: string | null,
): Promise<number> {
  const { committer, clock } = parts;
  const { reader } = parts.connection;
  const tag = getTag(reader, id);
  const target = into === null ? null : getTag(reader, into).name;
  if (id === into) throw new UserError('conflict', 'A tag cannot be merged into itself.');
  const action: OpenAction = { kind: 'bulk_edit', seq: null };
  let count = 0;
  for (;;) {
    const records = recordsWith(reader, id);
    if (records.length === 0) break;
    const replace = (unit: UnitOfWork, record: RecordReference): void =>
      replaceTag(unit, record.object, record.id, tag.name, target);
    count += commitSlice(parts, actor, records, 0, replace, { action });
    await nextTurn(clock);
  }
  committer.commit(actor, (unit) => removeTagRow(unit, id), { action });
  return count;
}

/** Some of the live records that have a tag. */
function recordsWith(db: Reader, tagId: string): RecordReference[] {
  return Object.values(recordKinds)
    .flatMap(({ object, table }) =>
      db.all<RecordReference>(
        `SELECT '${object}' AS object, r.id FROM record_tags rt JOIN ${table} r ON r.id = rt.record_id
           WHERE rt.tag_id = ? AND r.deleted_at IS NULL LIMIT ?`,
        tagId,
        batchSize,
      ),
    )
    .slice(0, batchSize);
}

function replaceTag<O extends ObjectName>(
  unit: UnitOfWork,
  object: O,
  id: string,
  name: string,
  target: string | null,
): void {
  const kind: RecordKind<O> = recordKinds[object];
  const record = findRecord(unit.db, kind, id);
  if (!record) return;
  const { tags }: { readonly tags: readonly string[] } = record;
  const kept = tags.filter((tag) => foldText(tag) !== foldText(name));
  // Every object has tags; the compiler cannot see that for an unresolved O.
  const patch = { tags: target === null ? kept : [...kept, target] } as unknown as RecordPatch<O>;
  updateRecord(unit, kind, id, patch);
}
