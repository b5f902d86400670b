import type { MergeableObject, MergeInput } from '../../../shared/contract/duplicates.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import type { RecordPatch } from '../../../shared/model/fields/registry.ts';
import { patchValueSchema } from '../../../shared/model/fields/schemas.ts';
import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Committer, OpenAction, UnitOfWork } from '../../db/unit-of-work.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid, notFound } from '../../errors.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';
import type { Clock } from '../../ports.ts';
import type { Readers } from '../../readers/readers.ts';
import { moveLink } from '../links/contact-link-service.ts';
import { findLink } from '../links/contact-link-store.ts';
import { moveNote } from '../notes/note-store.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { findRecord, removeRecord, updateRecord } from '../records/record-store.ts';
import { linkEnds, linksOn, notesOn, type PointingRecord } from './linked-records.ts';

interface Parts {
  readonly reader: Reader;
  readonly committer: Committer;
  readonly readers: Readers;
  readonly clock: Clock;
}

/**
 * Makes several records one: the one that stays takes the chosen values, everything that hangs on the others moves to
 * it, and they go into the bin. One action in slices; undo brings all of them back with all that hung on them.
 *
 * @returns how many records, notes and links moved
 * @throws UserError before anything is written, when a record is missing or a value is not valid
 */
export async function mergeRecords(
  parts: Parts,
  actor: Actor,
  { object, into, others, fields }: MergeInput,
): Promise<{ moved: number }> {
  const { reader, committer, readers, clock } = parts;
  const ids = [...new Set(others)];
  if (ids.includes(into)) throw invalid('others', 'A record cannot be merged with itself.');
  for (const id of [into, ...ids])
    if (!findAny(reader, object, id)) throw notFound(recordKinds[object].noun, id);
  checkFields(object, fields);
  const pointing = await readers.run('duplicates.pointing', { object, ids });
  const steps: ((unit: UnitOfWork) => void)[] = [
    // First, so that a value that only the file refuses stops the merge before it moved anything.
    (unit) => patch(unit, object, into, fields),
    ...pointing.map((one) => (unit: UnitOfWork) => repoint(unit, one, ids, into)),
    ...notesOn(reader, ids).map(
      (id) => (unit: UnitOfWork) => moveNote(unit, id, { object, id: into }),
    ),
    ...linksOn(reader, object, ids).map(
      (id) => (unit: UnitOfWork) => repointLink(unit, object, id, ids, into),
    ),
    ...ids.map((id) => (unit: UnitOfWork) => removeOne(unit, object, id)),
  ];
  const action: OpenAction = { kind: 'merge', seq: null };
  for (let next = 0; next < steps.length; ) {
    const deadline = clock.elapsed() + sliceMs;
    committer.commit(
      actor,
      (unit) => {
        do {
          steps[next]?.(unit);
          next += 1;
        } while (next < steps.length && clock.elapsed() < deadline);
      },
      // What a merge changes is how records are kept, not what happened.
      { action, runWorkflows: 'none' },
    );
    await nextTurn(clock);
  }
  return { moved: steps.length - 1 - ids.length };
}

/** @throws UserError naming the field */
function checkFields(object: MergeableObject, fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    // The user's own fields are checked when they are written, which is the first thing a merge does.
    if (isCustomName(name)) continue;
    const schema = patchValueSchema(object, name);
    if (!schema) throw invalid(`fields.${name}`, `A ${object} has no field "${name}" to change.`);
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const message = parsed.error.issues[0]?.message ?? `${name} is not valid`;
      throw invalid(`fields.${name}`, `${message}.`);
    }
  }
}

function patch<O extends ObjectName>(
  unit: UnitOfWork,
  object: O,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  const kind: RecordKind<O> = recordKinds[object];
  // Checked against the registry before anything was written.
  updateRecord(unit, kind, id, fields as RecordPatch<O>);
}

/** A record that points elsewhere by now, or is gone, is left as it is. */
function repoint(
  unit: UnitOfWork,
  { object, id, field }: PointingRecord,
  from: readonly string[],
  into: string,
): void {
  const record: Readonly<Record<string, unknown>> | null = findAny(unit.db, object, id);
  const value = record?.[field];
  if (typeof value === 'string' && from.includes(value)) patch(unit, object, id, { [field]: into });
}

/** As with a record: a link that leads elsewhere by now, or is gone, is left as it is. */
function repointLink(
  unit: UnitOfWork,
  object: MergeableObject,
  id: string,
  from: readonly string[],
  into: string,
): void {
  const end = linkEnds[object];
  const link = findLink(unit.db, id);
  const value = link?.[end];
  if (link && typeof value === 'string' && from.includes(value)) moveLink(unit, link, end, into);
}

function findAny<O extends ObjectName>(db: Reader, object: O, id: string) {
  const kind: RecordKind<O> = recordKinds[object];
  return findRecord(db, kind, id);
}

function removeOne<O extends ObjectName>(unit: UnitOfWork, object: O, id: string): void {
  const kind: RecordKind<O> = recordKinds[object];
  if (findRecord(unit.db, kind, id)) removeRecord(unit, kind, id);
}
