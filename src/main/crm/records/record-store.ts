import { isDeepStrictEqual } from 'node:util';
import type { Page } from '../../../shared/contract/lists.ts';
import type { FieldChange } from '../../../shared/events/event-types.ts';
import {
  editableFieldsOf,
  type RecordDto,
  type RecordInput,
  type RecordPatch,
} from '../../../shared/model/fields/registry.ts';
import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { notFound, UserError } from '../../errors.ts';
import { customFields, customFieldsOf } from '../fields/custom-field-store.ts';
import {
  customColumns,
  expandCustom,
  mergedCustom,
  withCustomFields,
} from '../fields/custom-values.ts';
import { containsFilter, type Filter, type PageQuery, readPage } from './page.ts';
import { type TagChange, tagChange, writeTagChange } from '../tags/tag-store.ts';
import type { Columns, RecordChange, RecordKind, Row } from './record-kind.ts';

/** Reads a record that is not in the bin. */
export function findRecord<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  id: string,
): RecordDto<O> | null {
  return findStored(db, kind, id)?.record ?? null;
}

export interface StoredRecord<O extends ObjectName> {
  readonly row: Row;
  readonly record: RecordDto<O>;
}

/** Null for a record that is not there, or in the bin. */
function findStored<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  id: string,
): StoredRecord<O> | null {
  return db.remember(kind.table, id, () => {
    const row = db.get<Row>(kind.sql.find, id);
    return row ? readStored(db, kind, row) : null;
  });
}

/** A row of `kind.select` as the record it holds, the user's own fields with it. */
export function readStored<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  row: Row,
): StoredRecord<O> {
  const expanded = expandCustom(row);
  const fields = customFieldsOf(db, kind.object);
  return { row: expanded, record: withCustomFields(kind.toDto(row), expanded, fields) };
}

/** @throws UserError `not_found` when there is none, or it is in the bin */
export function getRecord<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  id: string,
): RecordDto<O> {
  const record = findRecord(db, kind, id);
  if (!record) throw notFound(kind.noun, id);
  return record;
}

export interface ListQuery extends PageQuery {
  readonly q?: string | undefined;
}

export function listRecords<O extends ObjectName>(
  db: Reader,
  kind: RecordKind<O>,
  query: ListQuery,
  filters: readonly Filter[],
): Page<RecordDto<O>> {
  const text = query.q?.trim() ?? '';
  const all: Filter[] = [{ sql: 'r.deleted_at IS NULL', values: [] }, ...filters];
  if (text !== '') all.push(containsFilter(kind.searched, text));
  // Every select of a kind begins with r.*, so each row has its seq.
  return readPage<Row & { seq: number }, RecordDto<O>>(
    db,
    kind.select,
    all,
    query,
    (row) => readStored(db, kind, row).record,
  );
}

/** The columns of a row that hold its fields, as the journal keeps them. */
function storedFields<O extends ObjectName>(kind: RecordKind<O>, row: Row): Columns {
  const custom = Object.keys(row).filter(isCustomName);
  return Object.fromEntries(
    [...kind.columns, ...custom].map((column) => [column, row[column] ?? null]),
  );
}

/** @throws UserError naming the field that is not valid */
export function createRecord<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  input: RecordInput<O>,
): RecordDto<O> {
  const { db, nowText } = unit;
  const id = unit.ids.next();
  // RecordInput is RecordPatch with some keys made mandatory; the compiler cannot see that for an unresolved O.
  const columns = kind.toColumns(db, input as RecordPatch<O>, null, nowText);
  const custom = customColumns(db, kind.object, input);
  columns['owner_id'] ??= localUserId(db);
  const values = kind.columns.map((column) => columns[column] ?? null);
  db.run(kind.sql.insert, id, ...values, nowText, nowText);
  const customJson = mergedCustom({ custom: null }, custom);
  if (customJson !== null)
    db.run(`UPDATE ${kind.table} SET custom = ? WHERE id = ?`, customJson, id);
  const tags = tagChange([], tagsOf(input) ?? []);
  writeTagChange(unit, kind.object, id, tags);
  const record = getRecord(db, kind, id);
  unit.journal({
    object: kind.object,
    record_id: id,
    operation: 'create',
    before: null,
    after: {
      ...withoutNulls(kind, columns),
      ...(tags.added.length > 0 ? { tags: tagsOf(record) } : {}),
    },
  });
  unit.emit({
    type: kind.createdEvent,
    object: kind.object,
    record_id: id,
    data: { keys: kind.eventKeys(record), changes: {} },
  });
  emitTagEvents(unit, kind, record, tags);
  return record;
}

function withoutNulls<O extends ObjectName>(kind: RecordKind<O>, columns: Columns): Columns {
  const given: Columns = {};
  for (const column of kind.columns) {
    const value = columns[column] ?? null;
    if (value !== null) given[column] = value;
  }
  return given;
}

/** The list of tags in an input; undefined leaves them as they are. */
function tagsOf(input: Readonly<Record<string, unknown>>): string[] | undefined {
  const names = input['tags'];
  return Array.isArray(names) ? names.map(String) : undefined;
}

function emitTagEvents<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  record: RecordDto<O>,
  { added, removed }: TagChange,
): void {
  const emit = (type: 'tag_added' | 'tag_removed', tag: string): void => {
    unit.emit({
      type,
      object: kind.object,
      record_id: record.id,
      data: { keys: { ...kind.eventKeys(record), tag }, changes: {} },
    });
  };
  for (const tag of added) emit('tag_added', tag);
  for (const tag of removed) emit('tag_removed', tag);
}

/**
 * Changes a record. A patch that changes nothing writes nothing and emits no event.
 *
 * @throws UserError `not_found`, or `validation_failed` naming the field
 */
export function updateRecord<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  id: string,
  patch: RecordPatch<O>,
): RecordChange<O> {
  const { db } = unit;
  const stored = findStored(db, kind, id);
  if (!stored) throw notFound(kind.noun, id);
  const { row, record: before } = stored;
  const wanted = withoutUnchanged(patch, before);
  const columns = Object.entries({
    ...kind.toColumns(db, wanted, before, unit.nowText),
    ...customColumns(db, kind.object, wanted),
  }).filter(([column, value]) => differs(row[column] ?? null, value));
  const oldTags = tagsOf(before) ?? [];
  return writeChange(unit, kind, stored, columns, tagChange(oldTags, tagsOf(patch) ?? oldTags));
}

/** Writes what differs, with its journal row and its events. @returns what changed, which may be nothing */
export function writeChange<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  { row, record: before }: StoredRecord<O>,
  columns: readonly (readonly [string, SqlValue])[],
  tags: TagChange,
): RecordChange<O> {
  const { db, nowText } = unit;
  const { id } = before;
  const tagsDiffer = tags.added.length > 0 || tags.removed.length > 0;
  if (columns.length === 0 && !tagsDiffer) return { before, after: before, fields: {} };

  const stored = withCustomJson(row, columns);
  const assignments = stored.map(([column]) => `${column} = ?, `).join('');
  const values = stored.map(([, value]) => value);
  db.run(
    `UPDATE ${kind.table} SET ${assignments}updated_at = ? WHERE id = ?`,
    ...values,
    nowText,
    id,
  );
  writeTagChange(unit, kind.object, id, tags);
  const after = getRecord(db, kind, id);
  const change = { before, after, fields: changedFields(db, kind.object, before, after) };
  unit.journal({
    object: kind.object,
    record_id: id,
    operation: 'update',
    before: {
      ...Object.fromEntries(columns.map(([column]) => [column, row[column] ?? null])),
      ...(tagsDiffer ? { tags: tagsOf(before) } : {}),
    },
    after: { ...Object.fromEntries(columns), ...(tagsDiffer ? { tags: tagsOf(after) } : {}) },
  });
  const data = { keys: kind.eventKeys(after), changes: change.fields };
  unit.emit({ type: kind.updatedEvent, object: kind.object, record_id: id, data });
  for (const event of kind.furtherEvents(change)) {
    unit.emit({
      type: event.type,
      object: kind.object,
      record_id: id,
      data: { keys: event.keys, changes: change.fields },
    });
  }
  emitTagEvents(unit, kind, after, tags);
  return change;
}

/** What a patch leaves as it is passes unchecked: a link may stay although its record is in the bin by now. */
function withoutUnchanged<O extends ObjectName>(
  patch: RecordPatch<O>,
  before: RecordDto<O>,
): RecordPatch<O> {
  const old: Readonly<Record<string, unknown>> = before;
  const entries = Object.entries(patch).filter(([name, value]) => old[name] !== value);
  // A part of a patch is a patch; the compiler cannot see that for an unresolved O.
  return Object.fromEntries(entries) as RecordPatch<O>;
}

/** Columns as the table has them: all custom fields are one. */
function withCustomJson(
  row: Row,
  columns: readonly (readonly [string, SqlValue])[],
): readonly (readonly [string, SqlValue])[] {
  const custom = columns.filter(([column]) => isCustomName(column));
  if (custom.length === 0) return columns;
  const plain = columns.filter(([column]) => !isCustomName(column));
  return [...plain, ['custom', mergedCustom(row, Object.fromEntries(custom))]];
}

/** Nearly all values are the same text or number, or none: only lists need the long look. */
function differs(one: unknown, other: unknown): boolean {
  if (one === other) return false;
  if (typeof one !== 'object' || typeof other !== 'object') return true;
  return !isDeepStrictEqual(one, other);
}

function changedFields<O extends ObjectName>(
  db: Reader,
  object: O,
  before: RecordDto<O>,
  after: RecordDto<O>,
): Record<string, FieldChange> {
  const changes: Record<string, FieldChange> = {};
  const old: Readonly<Record<string, unknown>> = before;
  const current: Readonly<Record<string, unknown>> = after;
  for (const { name } of editableFieldsOf(object, customFields(db))) {
    if (differs(old[name], current[name])) changes[name] = { old: old[name], new: current[name] };
  }
  return changes;
}

/** Puts a record in the bin: it is found no more, and everything that points at it stays. */
export function removeRecord<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  id: string,
): void {
  const stored = findStored(unit.db, kind, id);
  if (!stored) throw notFound(kind.noun, id);
  const { row, record } = stored;
  unit.db.run(
    `UPDATE ${kind.table} SET deleted_at = ?, updated_at = ? WHERE id = ?`,
    unit.nowText,
    unit.nowText,
    id,
  );
  unit.journal({
    object: kind.object,
    record_id: id,
    operation: 'delete',
    before: storedFields(kind, row),
    after: null,
  });
  unit.emit({
    type: kind.deletedEvent,
    object: kind.object,
    record_id: id,
    data: { keys: kind.eventKeys(record), changes: {} },
  });
}

/**
 * Takes a record out of the bin, as it was when it went in.
 *
 * @throws UserError `not_found` when it is not in the bin
 */
export function restoreRecord<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  id: string,
): void {
  const row = unit.db.get<Row>(`${kind.select} WHERE r.id = ? AND r.deleted_at IS NOT NULL`, id);
  if (!row) {
    throw new UserError('not_found', `There is no ${kind.noun} with the id "${id}" in the bin.`);
  }
  unit.db.run(
    `UPDATE ${kind.table} SET deleted_at = NULL, updated_at = ? WHERE id = ?`,
    unit.nowText,
    id,
  );
  unit.journal({
    object: kind.object,
    record_id: id,
    operation: 'restore',
    before: null,
    after: storedFields(kind, expandCustom(row)),
  });
  unit.emit({
    type: kind.restoredEvent,
    object: kind.object,
    record_id: id,
    data: { keys: kind.eventKeys(kind.toDto(row)), changes: {} },
  });
}

/** Changes a column of a record in the bin, which tells nobody: it is missing to everybody already. */
export function writeBinned<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  id: string,
  column: string,
  value: SqlValue,
): void {
  const row = unit.db.get<Row>(
    `SELECT ${column} FROM ${kind.table} WHERE id = ? AND deleted_at IS NOT NULL`,
    id,
  );
  if (!row || row[column] === value) return;
  unit.db.run(`UPDATE ${kind.table} SET ${column} = ? WHERE id = ?`, value, id);
  unit.journal({
    object: kind.object,
    record_id: id,
    operation: 'update',
    before: { [column]: row[column] ?? null },
    after: { [column]: value },
  });
}

/** The one local user, who owns what nobody else was named for. */
export function localUserId(db: Reader): string {
  const user = db.remember('users', 'local', () =>
    db.get<{ id: string }>('SELECT id FROM users ORDER BY seq LIMIT 1'),
  );
  if (!user) throw new Error('The file has no user');
  return user.id;
}
