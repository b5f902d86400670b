import type { EventData, EventType, FieldChange } from '../../../shared/events/event-types.ts';
import type { RecordDto, RecordPatch } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
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
export interface RecordKind<O extends ObjectName> {
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
   * @throws UserError naming the field
   */
  toColumns(db: Reader, input: RecordPatch<O>, existing: RecordDto<O> | null): Columns;
  /** The flat keys its events carry. */
  eventKeys(record: RecordDto<O>): EventData['keys'];
  readonly createdEvent: EventType;
  readonly updatedEvent: EventType;
  readonly deletedEvent: EventType;
  readonly restoredEvent: EventType;
  /** Events a change causes beside `updatedEvent`. */
  furtherEvents(change: RecordChange<O>): readonly FollowingEvent[];
}
