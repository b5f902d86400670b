import { isDeepStrictEqual } from 'node:util';
import type { TimelineChange } from '../../../shared/contract/timeline.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import { fromMinorUnits } from '../../../shared/model/money.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import { recordKinds } from '../records/kinds.ts';

interface ChangeRow {
  seq: number;
  record_id: string;
  operation: TimelineChange['operation'];
  before: string | null;
  after: string | null;
  actor: string;
}

type Columns = Readonly<Record<string, unknown>>;

/** A journal row as the screens show it: fields instead of columns, values as the API carries them. */
export function readChange(db: Reader, object: ObjectName, seq: number): TimelineChange {
  const row = db.get<ChangeRow>(
    'SELECT seq, record_id, operation, before, after, actor FROM journal WHERE seq = ?',
    seq,
  );
  if (!row) throw new Error(`The journal row ${seq} is gone`);
  const read = (text: string | null): Columns =>
    // Written by appendJournal alone.
    text === null ? {} : (JSON.parse(text) as Columns);
  const before = read(row.before);
  const after = read(row.after);
  const currency = currencyAfter(db, row);
  const values = (columns: Columns): Columns => ({ currency, ...columns });
  return {
    operation: row.operation,
    fields:
      row.operation === 'update'
        ? Object.keys(after)
            .map((column) => ({
              field: recordKinds[object].fieldOfColumn[column] ?? column,
              old: shownValue(db, column, values(before)),
              new: shownValue(db, column, values(after)),
            }))
            // An amount in a new currency is stored anew and reads the same.
            .filter((field) => !isDeepStrictEqual(field.old, field.new))
        : [],
    actor: readActor(db, JSON.parse(row.actor) as Actor),
  };
}

/** A stored value as the API carries it. */
export function shownValue(db: Reader, column: string, columns: Columns): unknown {
  const value = columns[column] ?? null;
  if (column === 'value_minor' && typeof value === 'number')
    return fromMinorUnits(value, String(columns['currency']));
  if (column === 'stage_id' && typeof value === 'string') {
    return (
      db.get<{ slug: string }>('SELECT slug FROM stages WHERE id = ?', value)?.slug ??
      removedStageSlug(db, value)
    );
  }
  return value;
}

/** What a stage was called that was removed since. */
function removedStageSlug(db: Reader, id: string): string | null {
  return (
    db.get<{ slug: string | null }>(
      `SELECT json_extract(before, '$.slug') AS slug FROM journal
         WHERE record_id = ? AND object = 'stage' AND operation = 'delete' ORDER BY seq DESC LIMIT 1`,
      id,
    )?.slug ?? null
  );
}

/** The currency a deal had right after a write: what the next change of it replaced, or the one it has now. */
function currencyAfter(db: Reader, { record_id: id, seq }: ChangeRow): string | null {
  const replaced = db.get<{ currency: string }>(
    `SELECT json_extract(before, '$.currency') AS currency FROM journal
       WHERE record_id = ? AND seq > ? AND json_extract(before, '$.currency') IS NOT NULL
       ORDER BY seq LIMIT 1`,
    id,
    seq,
  );
  const current = () =>
    db.get<{ currency: string }>('SELECT currency FROM deals WHERE id = ?', id)?.currency ?? null;
  return replaced?.currency ?? current();
}

function readActor(db: Reader, actor: Actor): TimelineChange['actor'] {
  if (actor.kind !== 'workflow')
    return { kind: actor.kind, workflow_name: null, execution_id: null };
  const name = db.get<{ name: string }>(
    'SELECT name FROM workflows WHERE id = ?',
    actor.workflow_id,
  )?.name;
  return { kind: 'workflow', workflow_name: name ?? null, execution_id: actor.execution_id };
}
