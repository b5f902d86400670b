import type { Reader, Writer } from '../db/handle.ts';
import type { JournalEntry, JournalOperation } from './journal.ts';

/** `edit` is anything done on one screen; the others are told apart because they touch many records at once. */
export const userActionKinds = ['edit', 'bulk_edit', 'bin', 'import', 'merge'] as const;

export type UserActionKind = (typeof userActionKinds)[number];

/** `done` can be undone, `undone` redone; `dropped` can be neither, since something else was done instead. */
export type UserActionState = 'done' | 'undone' | 'dropped';

export interface UserActionRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: UserActionKind;
  readonly state: UserActionState;
  readonly at: string;
}

const columns = 'seq, id, kind, state, at';

/** @returns the `seq` of a new action. What was undone and not redone is left behind by it. */
export function openAction(db: Writer, id: string, kind: UserActionKind, at: string): number {
  db.run("UPDATE user_actions SET state = 'dropped' WHERE state = 'undone'");
  db.run(
    'INSERT INTO user_actions (id, kind, state, at) VALUES (?, ?, ?, ?)',
    id,
    kind,
    'done',
    at,
  );
  return db.get<{ seq: number }>('SELECT seq FROM user_actions WHERE id = ?', id)?.seq ?? 0;
}

export function setActionState(db: Writer, seq: number, state: UserActionState): void {
  db.run('UPDATE user_actions SET state = ? WHERE seq = ?', state, seq);
}

/** What undo or redo takes up when no action is named: the last one done, or the last one undone. */
export function nextAction(db: Reader, direction: 'undo' | 'redo'): UserActionRow | undefined {
  return direction === 'undo'
    ? db.get(`SELECT ${columns} FROM user_actions WHERE state = 'done' ORDER BY seq DESC LIMIT 1`)
    : db.get(`SELECT ${columns} FROM user_actions WHERE state = 'undone' ORDER BY seq LIMIT 1`);
}

export function findAction(db: Reader, id: string): UserActionRow | undefined {
  return db.get(`SELECT ${columns} FROM user_actions WHERE id = ?`, id);
}

export interface ActionEntry extends JournalEntry {
  readonly seq: number;
}

interface ActionEntryRow {
  seq: number;
  object: ActionEntry['object'];
  record_id: string;
  operation: JournalOperation;
  before: string | null;
  after: string | null;
}

/**
 * A part of what an action wrote, in the order in which it is taken back (`undo`, the newest first) or done again.
 *
 * @param from the `seq` of the last entry of the part before
 */
export function actionEntries(
  db: Reader,
  actionSeq: number,
  direction: 'undo' | 'redo',
  from: number | null,
  limit: number,
): ActionEntry[] {
  const [comparison, order] = direction === 'undo' ? ['<', 'DESC'] : ['>', 'ASC'];
  const after = from === null ? '' : ` AND seq ${comparison} ?`;
  const rows = db.all<ActionEntryRow>(
    `SELECT seq, object, record_id, operation, before, after FROM journal
       WHERE action_seq = ?${after} ORDER BY seq ${order} LIMIT ?`,
    actionSeq,
    ...(from === null ? [] : [from]),
    limit,
  );
  return rows.map(readEntry);
}

function readEntry(row: ActionEntryRow): ActionEntry {
  const read = (text: string | null): JournalEntry['before'] =>
    // Written by appendJournal alone.
    text === null ? null : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  return { ...row, before: read(row.before), after: read(row.after) };
}

/** Telling records apart reads each entry; of more than these, as an import leaves, the entries are counted. */
const countedApart = 5_000;

/** How many different records an action touched; of a very large one how many changes it made. */
export function countActionRecords(db: Reader, actionSeq: number): number {
  const entries =
    db.get<{ count: number }>(
      'SELECT count(*) AS count FROM journal WHERE action_seq = ?',
      actionSeq,
    )?.count ?? 0;
  if (entries > countedApart) return entries;
  return (
    db.get<{ count: number }>(
      'SELECT count(DISTINCT record_id) AS count FROM journal WHERE action_seq = ?',
      actionSeq,
    )?.count ?? 0
  );
}

/** Actions whose entries were all removed for good can neither be undone nor redone. */
export function dropEmptyActions(db: Writer): void {
  db.run(
    `UPDATE user_actions SET state = 'dropped' WHERE state <> 'dropped'
       AND NOT EXISTS (SELECT 1 FROM journal WHERE action_seq = user_actions.seq)`,
  );
}
