import type { ImportCounts } from '../../../shared/contract/imports.ts';
import type { RecordInput, RecordPatch } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { noteFromText } from '../notes/note-body.ts';
import { createNote } from '../notes/note-store.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { createRecord, findRecord, updateRecord } from '../records/record-store.ts';
import { isThere, namedValues, type RecordIndex } from './record-index.ts';
import type { RowContent, RowPlan } from './row-planner.ts';

export type MutableCounts = { -readonly [K in keyof ImportCounts]: ImportCounts[K] };

interface Parts {
  readonly object: ObjectName;
  readonly index: RecordIndex;
  readonly links: ReadonlyMap<ObjectName, RecordIndex>;
  readonly counts: MutableCounts;
}

/**
 * Carries out what a row was planned to do.
 *
 * @throws UserError when the file of records refuses it; then nothing of the row may stay
 */
export function writeRow(unit: UnitOfWork, parts: Parts, plan: RowPlan): void {
  const { object, counts } = parts;
  if (plan.kind === 'create') createOne(unit, parts, object, plan);
  else if (plan.kind === 'update') updateOne(unit, parts, object, plan.id, plan);
  else if (plan.kind === 'skip') counts.skipped += 1;
}

function createOne<O extends ObjectName>(
  unit: UnitOfWork,
  parts: Parts,
  object: O,
  content: RowContent,
): void {
  const kind: RecordKind<O> = recordKinds[object];
  const links = linkIds(unit, parts, content);
  // The planner checked each value against its field.
  const input = { ...content.values, ...links.ids } as unknown as RecordInput<O>;
  const record = createRecord(unit, kind, input);
  if (content.note !== null) addNote(unit, object, record.id, content.note);
  parts.counts.created += 1;
  parts.counts.links_created += links.made.length;
  for (const made of links.made) made.remember();
  const names = Object.fromEntries(content.links.map(({ field, name }) => [field, name]));
  parts.index.add(record.id, { ...content.values, ...names });
  parts.links.get(object)?.add(record.id, content.values);
}

function updateOne<O extends ObjectName>(
  unit: UnitOfWork,
  parts: Parts,
  object: O,
  id: string,
  content: RowContent,
): void {
  const kind: RecordKind<O> = recordKinds[object];
  const found = findRecord(unit.db, kind, id);
  // Deleted since the index was filled: the row makes it anew.
  if (!found) return createOne(unit, parts, object, content);
  const links = linkIds(unit, parts, content);
  const tags = content.values['tags'];
  const patch = {
    ...content.values,
    ...(Array.isArray(tags) ? { tags: [...found.tags, ...tags] } : {}),
    ...links.ids,
  } as unknown as RecordPatch<O>;
  const { before, after } = updateRecord(unit, kind, id, patch);
  const isNoted = content.note !== null && !hasNote(unit, id, content.note);
  if (content.note !== null && isNoted) addNote(unit, object, id, content.note);
  parts.counts[before === after && !isNoted ? 'skipped' : 'updated'] += 1;
  parts.counts.links_created += links.made.length;
  for (const made of links.made) made.remember();
}

interface LinkIds {
  readonly ids: Record<string, string>;
  /** Records made for them; known to the index once the row has succeeded. */
  readonly made: readonly { remember: () => void }[];
}

function linkIds(unit: UnitOfWork, { links }: Parts, content: RowContent): LinkIds {
  const ids: Record<string, string> = {};
  const made: { remember: () => void }[] = [];
  for (const { field, object, name } of content.links) {
    const index = links.get(object);
    const values = namedValues(object, name);
    let id = index?.find(values) ?? null;
    if (id === null || !isThere(unit.db, object, id)) {
      id = makeNamed(unit, object, values);
      const newId = id;
      made.push({ remember: () => index?.add(newId, values) });
    }
    ids[field] = id;
  }
  return { ids, made };
}

function makeNamed<O extends ObjectName>(
  unit: UnitOfWork,
  object: O,
  values: Readonly<Record<string, string | null>>,
): string {
  const kind: RecordKind<O> = recordKinds[object];
  const input = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value?.slice(0, 200) ?? null]),
  );
  return createRecord(unit, kind, input as unknown as RecordInput<O>).id;
}

function addNote(unit: UnitOfWork, object: ObjectName, id: string, text: string): void {
  createNote(unit, { object, id }, noteFromText(text));
}

/** Importing a file twice must not leave its notes twice. */
function hasNote(unit: UnitOfWork, recordId: string, text: string): boolean {
  return (
    unit.db.get(
      'SELECT 1 FROM notes WHERE record_id = ? AND text = ? AND deleted_at IS NULL',
      recordId,
      text.replaceAll(/\n{2,}/g, '\n').trim(),
    ) !== undefined
  );
}
