import type { Page } from '../../../shared/contract/lists.ts';
import type { Note } from '../../../shared/contract/notes.ts';
import type { EventData, EventType } from '../../../shared/events/event-types.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound, UserError } from '../../errors.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { type Filter, type PageQuery, readPage } from '../records/page.ts';
import { findRecord, localUserId } from '../records/record-store.ts';
import { readNoteBody, sanitiseNote, textOfNote } from './note-body.ts';

interface NoteRow extends Note {
  readonly seq: number;
  readonly deleted_at: string | null;
}

const select =
  'SELECT r.seq, r.id, r.object, r.record_id, r.body, r.text, r.owner_id, r.created_at, r.updated_at, r.deleted_at FROM notes r';

/** Longest part of a note that events carry: enough for a template, never a document. */
const eventTextLength = 2_000;

/** Sanitised again on the way out: other programs may write the file. */
function toNote({ seq: _seq, deleted_at: _deleted, ...row }: NoteRow): Note {
  return { ...row, body: sanitiseNote(row.body) };
}

/** A note that may be in the bin. */
function findRow(db: Reader, id: string): NoteRow | undefined {
  return db.get<NoteRow>(`${select} WHERE r.id = ?`, id);
}

export function getNote(db: Reader, id: string): Note {
  return toNote(getRow(db, id));
}

/** @throws UserError `not_found` when there is none, or it is in the bin */
function getRow(db: Reader, id: string): NoteRow {
  const row = findRow(db, id);
  if (!row || row.deleted_at !== null) throw notFound('note', id);
  return row;
}

export interface NoteQuery extends PageQuery {
  readonly object?: ObjectName | undefined;
  readonly record_id?: string | undefined;
}

export function listNotes(db: Reader, query: NoteQuery): Page<Note> {
  const filters: Filter[] = [{ sql: 'r.deleted_at IS NULL', values: [] }];
  if (query.record_id !== undefined)
    filters.push({ sql: 'r.record_id = ?', values: [query.record_id] });
  if (query.object !== undefined) filters.push({ sql: 'r.object = ?', values: [query.object] });
  return readPage<NoteRow, Note>(db, select, filters, query, toNote);
}

/** The columns of a note that the journal keeps. */
function storedFields({ object, record_id, body, text, owner_id }: NoteRow) {
  return { object, record_id, body, text, owner_id };
}

function bodyColumns(given: string): { body: string; text: string } {
  const body = readNoteBody(given);
  const text = textOfNote(body);
  if (text === '') throw invalid('body', 'body must not be empty.');
  return { body, text };
}

/**
 * Puts a note on a record.
 *
 * @param body HTML, or text without tags
 * @throws UserError `validation_failed` when it says nothing or its record is not there
 */
export function createNote(
  unit: UnitOfWork,
  on: RecordReference,
  body: string,
  ownerId: string = localUserId(unit.db),
): Note {
  const id = unit.ids.next();
  const columns = bodyColumns(body);
  if (!keysOf(unit.db, on)) {
    throw invalid('record_id', `record_id: there is no ${on.object} with the id "${on.id}".`);
  }
  unit.db.run(
    `INSERT INTO notes (id, object, record_id, body, text, owner_id, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    on.object,
    on.id,
    columns.body,
    columns.text,
    ownerId,
    unit.nowText,
    unit.nowText,
  );
  const row = getRow(unit.db, id);
  unit.journal({
    object: 'note',
    record_id: id,
    operation: 'create',
    before: null,
    after: storedFields(row),
  });
  tell(unit, 'note_created', row);
  return toNote(row);
}

/**
 * @param body absent: it stays as it is
 * @throws UserError `not_found`, or `validation_failed` when nothing would be left
 */
export function updateNote(unit: UnitOfWork, id: string, body: string | undefined): Note {
  const row = getRow(unit.db, id);
  if (body !== undefined) writeNote(unit, row, bodyColumns(body));
  return getNote(unit.db, id);
}

function writeNote(unit: UnitOfWork, row: NoteRow, { body, text }: { body: string; text: string }) {
  if (body === row.body) return;
  unit.db.run(
    'UPDATE notes SET body = ?, text = ?, updated_at = ? WHERE id = ?',
    body,
    text,
    unit.nowText,
    row.id,
  );
  unit.journal({
    object: 'note',
    record_id: row.id,
    operation: 'update',
    before: { body: row.body, text: row.text },
    after: { body, text },
  });
  tell(unit, 'note_updated', { ...row, body, text });
}

/** For undo: back to a body that was there before. */
export function restoreNoteBody(unit: UnitOfWork, id: string, body: string): void {
  writeNote(unit, getRow(unit.db, id), { body, text: textOfNote(body) });
}

/** Moves a note to another record of the same kind. */
export function moveNote(unit: UnitOfWork, id: string, to: RecordReference): void {
  const row = getRow(unit.db, id);
  if (row.record_id === to.id) return;
  unit.db.run(
    'UPDATE notes SET record_id = ?, updated_at = ? WHERE id = ?',
    to.id,
    unit.nowText,
    id,
  );
  unit.journal({
    object: 'note',
    record_id: id,
    operation: 'update',
    before: { record_id: row.record_id },
    after: { record_id: to.id },
  });
  tell(unit, 'note_updated', { ...row, record_id: to.id });
}

/** Puts a note in the bin. */
export function removeNote(unit: UnitOfWork, id: string): void {
  const row = getRow(unit.db, id);
  unit.db.run(
    'UPDATE notes SET deleted_at = ?, updated_at = ? WHERE id = ?',
    unit.nowText,
    unit.nowText,
    id,
  );
  const before = storedFields(row);
  unit.journal({ object: 'note', record_id: id, operation: 'delete', before, after: null });
  tell(unit, 'note_deleted', row);
}

/** @throws UserError `not_found` when it is not in the bin */
export function restoreNote(unit: UnitOfWork, id: string): void {
  const row = findRow(unit.db, id);
  if (!row || row.deleted_at === null) {
    throw new UserError('not_found', `There is no note with the id "${id}" in the bin.`);
  }
  unit.db.run('UPDATE notes SET deleted_at = NULL, updated_at = ? WHERE id = ?', unit.nowText, id);
  const after = storedFields(row);
  unit.journal({ object: 'note', record_id: id, operation: 'restore', before: null, after });
  tell(unit, 'note_restored', row);
}

/** Where a note is and what is in it, also of one in the bin; null when it is gone for good. */
export function findNoteState(
  db: Reader,
  id: string,
): { on: RecordReference; body: string; inBin: boolean } | null {
  const row = findRow(db, id);
  if (!row) return null;
  const on = { object: row.object, id: row.record_id };
  return { on, body: row.body, inBin: row.deleted_at !== null };
}

/** An event of a note is about the record it is on, so that a run reaches that and what it links to. */
function tell(unit: UnitOfWork, type: EventType, row: NoteRow): void {
  const keys = keysOf(unit.db, { object: row.object, id: row.record_id });
  unit.emit({
    type,
    object: row.object,
    record_id: row.record_id,
    data: {
      keys: { ...keys, note_id: row.id, note_text: row.text.slice(0, eventTextLength) },
      changes: {},
    },
  });
}

function keysOf(db: Reader, { object, id }: RecordReference): EventData['keys'] | null {
  return keysOfKind(db, object, id);
}

function keysOfKind<O extends ObjectName>(
  db: Reader,
  object: O,
  id: string,
): EventData['keys'] | null {
  const kind: RecordKind<O> = recordKinds[object];
  const record = findRecord(db, kind, id);
  return record ? kind.eventKeys(record) : null;
}
