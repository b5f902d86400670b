import { isDeepStrictEqual } from 'node:util';
import type { RunConflict, UndoneRunRecord } from '../../../shared/contract/undo-runs.ts';
import { isObjectName, type ObjectName } from '../../../shared/model/objects.ts';
import { findNoteState, removeNote, restoreNoteBody } from '../../crm/notes/note-store.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { RecordKind, Row } from '../../crm/records/record-kind.ts';
import { recordName } from '../../crm/records/record-name.ts';
import {
  readStored,
  removeRecord,
  restoreRecord,
  writeChange,
} from '../../crm/records/record-store.ts';
import { readTagNames, tagChange } from '../../crm/tags/tag-store.ts';
import { shownValue } from '../../crm/timeline/timeline-change.ts';
import { fieldOf, partners, pointsAtSomething, tagsBack } from '../../crm/undo/undo-record.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';

/** Which conflicts go back all the same. */
export type PutBack = 'all' | ReadonlySet<string>;

/** A record as it would stand once the entries so far are taken back. */
interface State {
  row: Row;
  inBin: boolean;
}

/**
 * Takes back what runs wrote, entry by entry, the newest first: a field goes back if it still holds what the run wrote,
 * else it is a conflict to decide. Without a unit of work it only works out what would happen.
 */
export class UndoPlan {
  readonly records = new Map<string, UndoneRunRecord>();
  readonly conflicts = new Map<string, RunConflict>();
  /** Conflicts that stay as they are. */
  kept = 0;
  private readonly db: Reader;
  private readonly unit: UnitOfWork | null;
  private readonly putBack: PutBack;
  private readonly states = new Map<string, State | null>();

  /** @param unit where it is written; null: it is not */
  constructor(db: Reader, unit: UnitOfWork | null, putBack: PutBack) {
    this.db = db;
    this.unit = unit;
    this.putBack = putBack;
  }

  takeBack(executionId: string, entry: ActionEntry): void {
    const { object } = entry;
    if (object === 'note') this.takeNoteBack(executionId, entry);
    // No step writes anything else.
    else if (isObjectName(object)) this.takeRecordBack(executionId, entry, object);
  }

  private takeRecordBack<O extends ObjectName>(
    executionId: string,
    entry: ActionEntry,
    object: O,
  ): void {
    const kind: RecordKind<O> = recordKinds[object];
    const state = this.stateOf(kind, entry.record_id);
    const conflict = { executionId, entry };
    if (!state) return this.clash(conflict, { field: null, reason: 'gone' });
    if (entry.operation === 'update') {
      if (state.inBin) return this.clash(conflict, { field: null, reason: 'in_bin' });
      return this.takeFieldsBack(executionId, entry, kind, state);
    }
    const shouldLive = entry.operation === 'delete';
    if (shouldLive !== state.inBin) return;
    if (entry.operation === 'create' && !this.isUntouched(kind, state, entry)) {
      const goesBack = this.decide(conflict, { field: null, reason: 'changed', canPutBack: true });
      if (!goesBack) return;
    }
    state.inBin = !shouldLive;
    this.noteRecord(entry, shouldLive ? 'restored' : 'removed');
    if (!this.unit) return;
    if (shouldLive) restoreRecord(this.unit, kind, entry.record_id);
    else removeRecord(this.unit, kind, entry.record_id);
  }

  private takeFieldsBack<O extends ObjectName>(
    executionId: string,
    entry: ActionEntry,
    kind: RecordKind<O>,
    state: State,
  ): void {
    const { before, after } = entry;
    const { row } = state;
    const columns: [string, SqlValue][] = [];
    let tags: string[] | null = null;
    const held = (column: string): boolean =>
      isDeepStrictEqual(row[column] ?? null, after?.[column] ?? null);
    for (const [column, value] of Object.entries(before ?? {})) {
      if (column === 'tags') {
        const change = tagsBack(row, namesOf(after?.['tags']), namesOf(value));
        if (change.added.length + change.removed.length > 0) tags = changed(namesIn(row), change);
        continue;
      }
      if (isDeepStrictEqual(row[column] ?? null, value)) continue;
      // The journal holds columns as they were read from the file.
      const old = value as SqlValue;
      const clash = { executionId, entry };
      const shown = this.valuesOf(kind, column, row, entry);
      if (!pointsAtSomething(this.db, column, old)) {
        this.decide(clash, { ...shown, reason: 'target_gone', canPutBack: false });
        continue;
      }
      const fits = partners(kind, column).every((one) => !(one in (before ?? {})) || held(one));
      if (fits || this.decide(clash, { ...shown, reason: 'changed', canPutBack: true }))
        columns.push([column, old]);
    }
    this.write(kind, state, entry, columns, tags);
  }

  private write<O extends ObjectName>(
    kind: RecordKind<O>,
    state: State,
    entry: ActionEntry,
    columns: readonly [string, SqlValue][],
    tags: readonly string[] | null,
  ): void {
    if (columns.length === 0 && tags === null) return;
    const { row } = state;
    const then: Row = {
      ...row,
      ...Object.fromEntries(columns),
      ...(tags === null ? {} : { tags: JSON.stringify(tags) }),
    };
    const record = this.noteRecord(entry, 'fields');
    for (const [column] of columns)
      noteField(record, fieldOf(kind, column), this.shown(column, row), this.shown(column, then));
    if (tags !== null) noteField(record, 'tags', namesIn(row), tags);
    state.row = then;
    if (!this.unit) return;
    const found = this.unit.db.get<Row>(`${kind.select} WHERE r.id = ?`, entry.record_id);
    if (!found) return;
    const stored = readStored(this.unit.db, kind, found);
    writeChange(this.unit, kind, stored, columns, tagChange(namesIn(row), tags ?? namesIn(row)));
  }

  private takeNoteBack(executionId: string, entry: ActionEntry): void {
    const { record_id: id, operation, before, after } = entry;
    const note = findNoteState(this.db, id);
    const conflict = { executionId, entry };
    if (!note) return this.clash(conflict, { field: null, reason: 'gone' });
    if (note.inBin) return;
    if (operation === 'create') {
      const isUntouched = note.body === after?.['body'];
      if (
        !isUntouched &&
        !this.decide(conflict, { field: null, reason: 'changed', canPutBack: true })
      )
        return;
      this.noteRecord(entry, 'removed');
      if (this.unit) removeNote(this.unit, id);
      return;
    }
    const body = before?.['body'];
    if (operation !== 'update' || typeof body !== 'string' || note.body === body) return;
    this.noteRecord(entry, 'fields');
    if (this.unit) restoreNoteBody(this.unit, id, body);
  }

  /** Whether a record still is as the run made it: every field, and no other tag. */
  private isUntouched<O extends ObjectName>(
    kind: RecordKind<O>,
    { row }: State,
    { after }: ActionEntry,
  ): boolean {
    const same = kind.columns.every((column) =>
      isDeepStrictEqual(row[column] ?? null, after?.[column] ?? null),
    );
    const made = namesOf(after?.['tags']);
    const { added, removed } = tagChange(made, namesIn(row));
    return same && added.length === 0 && removed.length === 0 && (row['custom'] ?? null) === null;
  }

  private stateOf<O extends ObjectName>(kind: RecordKind<O>, id: string): State | null {
    const known = this.states.get(id);
    if (known !== undefined) return known;
    const found = this.db.get<Row>(`${kind.select} WHERE r.id = ?`, id);
    const state = found
      ? { row: readStored(this.db, kind, found).row, inBin: found['deleted_at'] !== null }
      : null;
    this.states.set(id, state);
    return state;
  }

  private shown(column: string, row: Row): unknown {
    return shownValue(this.db, column, row);
  }

  private valuesOf<O extends ObjectName>(
    kind: RecordKind<O>,
    column: string,
    row: Row,
    { before, after }: ActionEntry,
  ) {
    return {
      field: fieldOf(kind, column),
      now: this.shown(column, row),
      wrote: shownValue(this.db, column, { ...row, ...after }),
      backTo: shownValue(this.db, column, { ...row, ...before }),
    };
  }

  private noteRecord(
    { object, record_id: id }: ActionEntry,
    what: UndoneRunRecord['what'],
  ): UndoneRunRecord {
    const known = this.records.get(id);
    // A record that goes to the bin goes with whatever was done to it before.
    const record = {
      ...(known ?? { object, record_id: id, record_name: nameOf(this.db, object, id), fields: [] }),
      what,
    };
    this.records.set(id, record);
    return record;
  }

  private clash(
    at: { executionId: string; entry: ActionEntry },
    clash: { field: null; reason: RunConflict['reason'] },
  ): void {
    this.decide(at, { ...clash, canPutBack: false });
  }

  /** Notes a conflict once. @returns whether it goes back all the same */
  private decide(
    { executionId, entry }: { executionId: string; entry: ActionEntry },
    clash: {
      readonly field: string | null;
      readonly reason: RunConflict['reason'];
      readonly canPutBack: boolean;
      readonly now?: unknown;
      readonly wrote?: unknown;
      readonly backTo?: unknown;
    },
  ): boolean {
    const { object, record_id: recordId } = entry;
    const { field, reason, canPutBack } = clash;
    const id = [executionId, object, recordId, field ?? ''].join('/');
    const goesBack = canPutBack && (this.putBack === 'all' || this.putBack.has(id));
    const known = this.conflicts.get(id);
    if (!known && !goesBack) this.kept += 1;
    this.conflicts.set(id, {
      id,
      execution_id: executionId,
      object,
      record_id: recordId,
      record_name: nameOf(this.db, object, recordId),
      field,
      reason,
      now: known ? known.now : (clash.now ?? null),
      wrote: known ? known.wrote : (clash.wrote ?? null),
      // The oldest entry of the run says what was there before all of it.
      back_to: clash.backTo ?? null,
      can_put_back: canPutBack,
    });
    return goesBack;
  }
}

function noteField(record: UndoneRunRecord, field: string, now: unknown, backTo: unknown): void {
  const known = record.fields.find((one) => one.field === field);
  if (known) known.back_to = backTo;
  else record.fields.push({ field, now, back_to: backTo });
}

function nameOf(db: Reader, object: ActionEntry['object'], id: string): string | null {
  if (object === 'note') {
    const note = findNoteState(db, id);
    return note ? recordName(db, note.on) : null;
  }
  return isObjectName(object) ? recordName(db, { object, id }) : null;
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function namesIn(row: Row): string[] {
  return readTagNames(row['tags'] === undefined ? null : String(row['tags']));
}

function changed(
  names: readonly string[],
  { added, removed }: ReturnType<typeof tagChange>,
): string[] {
  return [...names.filter((name) => !removed.includes(name)), ...added];
}
