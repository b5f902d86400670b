import type { EventData, EventType, FieldChange } from '../../../shared/events/event-types.ts';
import type { RecordDto, RecordPatch } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { boundText } from '../../db/bound.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';

/** A stored row: column → value. */
export type Row = Readonly<Record<string, SqlValue>>;

/** Columns of a row to write. */
export type Columns = Record<string, SqlValue>;

export interface RecordChange<O extends ObjectName> {
  readonly before: RecordDto<O>;
  readonly after: RecordDto<O>;
  /** Changed fields with old and new. */
  readonly fields: Readonly<Record<string, FieldChange>>;
}

export interface FollowingEvent {
  readonly type: EventType;
  readonly keys: EventData['keys'];
}

/** What tells one kind of record from another; everything they share is in the record store. */
export interface RecordKind<O extends ObjectName> extends RecordKindSpec<O> {
  /** Statements made of the others once, so that every use finds the same prepared one. */
  readonly sql: {
    /** The row of an id, unless it is in the bin. */
    readonly find: string;
    /** Takes the id, the values of `columns`, and the times of creation and change. */
    readonly insert: string;
  };
}

export function defineRecordKind<O extends ObjectName>(spec: RecordKindSpec<O>): RecordKind<O> {
  const names = ['id', ...spec.columns, 'created_at', 'updated_at'];
  const values = names.map(() => '?').join(', ');
  return {
    ...spec,
    sql: {
      find: `${spec.select} WHERE r.id = ${boundText} AND r.deleted_at IS NULL`,
      insert: `INSERT INTO ${spec.table} (${names.join(', ')}) VALUES (${values})`,
    },
  };
}

export interface RecordKindSpec<O extends ObjectName> {
  readonly object: O;
  readonly table: 'contacts' | 'companies' | 'deals' | 'activities';
  /** What a person calls one, in errors. */
  readonly noun: string;
  /** Columns of the table that hold its fields, `seq` and the times left out. */
  readonly columns: readonly string[];
  /** `SELECT … FROM …` whose rows `toDto` reads; the table's alias is `r`. */
  readonly select: string;
  /** How SQL computes the fields that are not a column of their own name; `r` is the table's alias. */
  readonly expressions: Readonly<Record<string, string>>;
  /** The fields of the columns that bear another name, for whoever tells people about columns. */
  readonly fieldOfColumn: Readonly<Record<string, string>>;
  /** Columns that mean nothing without each other: undo takes all of them back or none. */
  readonly together: readonly string[];
  /** Expressions that `q` searches. */
  readonly searched: readonly string[];
  toDto(row: Row): RecordDto<O>;
  /**
   * Turns checked input into columns, and refuses what only the file can refuse.
   *
   * @param existing the record to be changed, or null for a new one
   * @param nowText instant of the transaction
   * @throws UserError naming the field
   */
  toColumns(
    db: Reader,
    input: RecordPatch<O>,
    existing: RecordDto<O> | null,
    nowText: string,
  ): Columns;
  /** The flat keys its events carry. */
  eventKeys(record: RecordDto<O>): EventData['keys'];
  readonly createdEvent: EventType;
  readonly updatedEvent: EventType;
  readonly deletedEvent: EventType;
  readonly restoredEvent: EventType;
  /** Events a change causes beside `updatedEvent`. */
  furtherEvents(change: RecordChange<O>): readonly FollowingEvent[];
}
