import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../../../shared/events/event-types.ts';
import { isCustomName } from '../../../shared/model/fields/custom-fields.ts';
import type { JournalObject, ObjectName } from '../../../shared/model/objects.ts';
import { mergedCustom, expandCustom } from '../../crm/fields/custom-values.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import { shownValue } from '../../crm/timeline/timeline-change.ts';
import type { SqlValue, Writer } from '../../db/handle.ts';
import {
  countPastEntries,
  journalPart,
  type PastEntry,
  rawRecord,
  readTags,
  writeRaw,
  writeTags,
  writtenBefore,
} from '../store/past-store.ts';
import type { Findings } from './findings.ts';

const partSize = 200;

type Columns = Readonly<Record<string, unknown>>;

/**
 * The records of a copy of the file, taken back to an instant of the past by the journal and then led forward through it
 * again, change by change. What a run of the rehearsed workflow once did is left out on the way forward. What nobody kept
 * a journal of (SQL, the names of tags, fields that were made or removed) stands as it is now.
 */
export class PastRecords {
  private readonly db: Writer;
  private readonly workflowId: string;
  /** How many changes lie between then and now. */
  readonly length: number;
  private part: PastEntry[] = [];
  private nextPlace = 1;

  constructor(db: Writer, workflowId: string) {
    this.db = db;
    this.workflowId = workflowId;
    this.length = countPastEntries(db);
  }

  /** Takes the records back to the beginning. Yields how many changes were taken back so far. */
  *rewind(): Generator<number> {
    for (let place = this.length; place > 0; ) {
      const part = journalPart(this.db, place, 'down', partSize);
      if (part.length === 0) return;
      for (const entry of part) this.write(entry, 'back');
      place -= part.length;
      yield this.length - place;
    }
  }

  /** When the next change happened, in epoch milliseconds; null when none is left. */
  get nextAt(): number | null {
    const entry = this.peek();
    return entry ? Date.parse(entry.at) : null;
  }

  /** Lets the next change happen, and notes where it meets something else than it did. */
  redo(findings: Findings): void {
    const entry = this.part.shift();
    if (!entry) return;
    this.nextPlace = entry.place + 1;
    // Written by appendJournal alone.
    const actor = JSON.parse(entry.actor) as Actor;
    if (actor.kind === 'workflow' && actor.workflow_id === this.workflowId) return;
    if (findings.tally.hasTouched(entry.record_id)) this.compare(entry, findings);
    this.write(entry, 'forth');
  }

  private peek(): PastEntry | undefined {
    if (this.part.length === 0 && this.nextPlace <= this.length)
      this.part = journalPart(this.db, this.nextPlace, 'up', partSize);
    return this.part[0];
  }

  private write(entry: PastEntry, direction: 'back' | 'forth'): void {
    const { db } = this;
    const { object, record_id: id, operation, at } = entry;
    const table = tableOf(object);
    const row = table === null ? undefined : rawRecord(db, table, id);
    // Removed for good since, or no record: the names of tags and fields stand as they are now.
    if (table === null || !row) return;
    const stamp = direction === 'forth' ? at : writtenBefore(db, id, entry.seq);
    const times = [['updated_at', stamp ?? row['created_at'] ?? null]] as const;
    if (operation !== 'update') {
      const lives = (operation === 'delete') === (direction === 'back');
      writeRaw(db, table, id, [['deleted_at', lives ? null : at], ...times]);
      return;
    }
    const wanted = readColumns(direction === 'back' ? entry.before : entry.after);
    const { tags, ...columns } = wanted;
    writeRaw(db, table, id, [...rawColumns(row, columns), ...times]);
    if (Array.isArray(tags)) writeTags(db, object, id, tags.map(String));
  }

  private compare(entry: PastEntry, findings: Findings): void {
    const { object, record_id: id, operation, at } = entry;
    if (operation !== 'update' || !isRecordObject(object)) return;
    const kind = recordKinds[object];
    const row = rawRecord(this.db, kind.table, id);
    if (!row) return;
    const now: Columns = { ...expandCustom(row), tags: readTags(this.db, id) };
    const before = readColumns(entry.before);
    const record = { object, id };
    for (const [column, found] of Object.entries(before)) {
      if (isDeepStrictEqual(now[column] ?? null, found ?? null)) continue;
      const shown = (values: Columns): unknown =>
        column === 'tags' ? values['tags'] : shownValue(this.db, column, values);
      findings.noteDifference({
        record,
        field: kind.fieldOfColumn[column] ?? column,
        at,
        found: shown({ ...now, ...before }),
        instead: shown(now),
      });
    }
  }
}

function readColumns(text: string | null): Columns {
  // Written by appendJournal alone.
  return text === null ? {} : (JSON.parse(text) as Columns);
}

function isRecordObject(object: JournalObject): object is ObjectName {
  return object in recordKinds;
}

function tableOf(object: JournalObject) {
  if (object === 'note') return 'notes';
  return isRecordObject(object) ? recordKinds[object].table : null;
}

/** Columns as the table has them: all custom fields are one. */
function rawColumns(
  row: Readonly<Record<string, SqlValue>>,
  columns: Columns,
): (readonly [string, SqlValue])[] {
  // The journal holds columns as they were read from the file.
  const entries = Object.entries(columns) as [string, SqlValue][];
  const custom = entries.filter(([name]) => isCustomName(name));
  const plain = entries.filter(([name]) => !isCustomName(name));
  if (custom.length === 0) return plain;
  return [...plain, ['custom', mergedCustom(row, Object.fromEntries(custom))]];
}
