import type {
  BulkChange,
  BulkInput,
  BulkProgress,
  BulkSelection,
} from '../../../shared/contract/bulk.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import { findField, type RecordPatch } from '../../../shared/model/fields/registry.ts';
import { fieldSchema } from '../../../shared/model/fields/schemas.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { PlanMoment } from '../../../shared/workflow/conditions/plan-rule.ts';
import type { Backups } from '../../backup/backups.ts';
import type { Reader } from '../../db/handle.ts';
import type { Committer, OpenAction, UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, UserError } from '../../errors.ts';
import type { Clock } from '../../ports.ts';
import type { Readers } from '../../readers/readers.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { findRecord, removeRecord, updateRecord } from '../records/record-store.ts';
import { selectionFilters } from '../views/view-query.ts';
import { commitSlice, nextTurn } from '../../in-slices.ts';

interface Parts {
  readonly committer: Committer;
  readonly readers: Readers;
  readonly clock: Clock;
  readonly backups: Pick<Backups, 'before'>;
}

/** A change of fewer records is undone in a moment, and needs no copy of the whole file. */
const backedUpFrom = 100;

export interface SelectedInput {
  readonly object: ObjectName;
  readonly selection: BulkSelection;
  readonly moment: PlanMoment;
}

/** The ids a selection means at this moment: what a bulk change goes through, whatever it changes on its way. */
export function selectedIds(db: Reader, { object, selection, moment }: SelectedInput): string[] {
  if (selection.kind === 'ids') return selection.ids;
  const filters = selectionFilters(
    { object, conditions: selection.conditions, q: selection.q },
    moment,
  );
  const except = new Set(selection.except);
  return db
    .all<{ id: string }>(
      `SELECT r.id FROM ${recordKinds[object].table} r WHERE ${filters.map((filter) => filter.sql).join(' AND ')} ORDER BY r.seq`,
      ...filters.flatMap((filter) => filter.values),
    )
    .map((row) => row.id)
    .filter((id) => !except.has(id));
}

/**
 * Does one change to many records, as one action of the user's, in commits of a few milliseconds. A record that refuses
 * it is counted and left as it was; the others go on.
 *
 * @throws UserError before anything is written, when the change itself is not valid
 */
export async function changeInBulk(
  parts: Parts,
  actor: Actor,
  input: BulkInput,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<BulkProgress>> {
  const { object, selection, change } = input;
  checkChange(object, change);
  const { readers, clock } = parts;
  const moment = { now: clock.now(), timeZone: clock.timeZone() };
  const ids = await readers.run('bulk.ids', { object, selection, moment }, signal);
  if (ids.length >= backedUpFrom) await parts.backups.before('before-bulk-edit');
  return inSlices(parts, actor, input, ids, signal);
}

async function* inSlices(
  parts: Parts,
  actor: Actor,
  { object, change, run_workflows: runWorkflows }: BulkInput,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<BulkProgress> {
  const action: OpenAction = { kind: 'bulk_edit', seq: null };
  const counts = { changed: 0, unchanged: 0, refused: 0 };
  let firstRefusal: string | null = null;
  let at = 0;
  yield { kind: 'progress', done: 0, total: ids.length };
  while (at < ids.length) {
    if (signal?.aborted) return;
    const changeNext = (unit: UnitOfWork, id: string): void => {
      const outcome = changeOne(unit, object, id, change);
      if (outcome instanceof UserError) {
        counts.refused += 1;
        firstRefusal ??= outcome.message;
      } else counts[outcome] += 1;
    };
    at = commitSlice(parts, actor, ids, at, changeNext, { action, runWorkflows });
    yield { kind: 'progress', done: at, total: ids.length };
    await nextTurn(parts.clock);
  }
  yield { kind: 'done', ...counts, first_refusal: firstRefusal };
}

/** @throws UserError naming the field that cannot be set so */
function checkChange(object: ObjectName, change: BulkChange): void {
  if (change.kind !== 'set') return;
  const entries = Object.entries(change.fields);
  if (entries.length === 0) throw invalid('change.fields', 'Choose a field to change.');
  for (const [name, value] of entries) {
    const path = `change.fields.${name}`;
    const field = findField(object, name);
    if (!field?.editable)
      throw invalid(path, `A ${object} has no field "${name}" that can be changed.`);
    const parsed = fieldSchema(field).safeParse(value);
    if (!parsed.success) {
      throw invalid(path, `${parsed.error.issues[0]?.message ?? `${name} is not valid`}.`);
    }
  }
}

function changeOne<O extends ObjectName>(
  unit: UnitOfWork,
  object: O,
  id: string,
  change: BulkChange,
): 'changed' | 'unchanged' | UserError {
  const kind: RecordKind<O> = recordKinds[object];
  const record = findRecord(unit.db, kind, id);
  if (!record) return 'unchanged';
  try {
    return unit.attempt(() => {
      if (change.kind === 'delete') {
        removeRecord(unit, kind, id);
        return 'changed';
      }
      const { before, after } = updateRecord(
        unit,
        kind,
        id,
        patchOf(change, record.tags) as RecordPatch<O>,
      );
      return before === after ? 'unchanged' : 'changed';
    });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Checked by `checkChange` against the registry. */
function patchOf(
  change: Exclude<BulkChange, { kind: 'delete' }>,
  tags: readonly string[],
): Readonly<Record<string, unknown>> {
  if (change.kind === 'set') return change.fields;
  const named = new Set(change.tags.map(foldText));
  const others = tags.filter((tag) => !named.has(foldText(tag)));
  if (change.kind === 'remove_tags') return { tags: others };
  const kept = new Set(tags.map(foldText));
  return { tags: [...tags, ...change.tags.filter((tag) => !kept.has(foldText(tag)))] };
}
