import type { EventType } from '../../../shared/events/event-types.ts';
import type { RecordReference } from '../../../shared/model/objects.ts';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import { boundInteger, boundText } from '../../db/bound.ts';
import type { Reader, Writer } from '../../db/handle.ts';
import type { EventRow } from '../../events/event-store.ts';

// Every write here is undone with its transaction, or made in a copy of the file that is thrown away.

/** A workflow that was never saved stands in the file as long as it is rehearsed. */
export function insertRehearsedWorkflow(
  db: Writer,
  workflow: { readonly id: string; readonly name: string; readonly owner_id: string },
  at: string,
): void {
  db.run(
    `INSERT INTO workflows (id, name, status, trigger_type, actions, owner_id, created_at, updated_at)
     VALUES (?, ?, 'active', '', '[]', ?, ?, ?)`,
    workflow.id,
    workflow.name,
    workflow.owner_id,
    at,
    at,
  );
}

/** For a rehearsal a workflow is on, whatever it is else; nothing leaves, so no address is to be confirmed. */
export function switchOnForRehearsal(db: Writer, id: string): void {
  db.run(
    `UPDATE workflows SET status = 'active', failures_in_row = 0, unconfirmed_addresses = NULL
      WHERE id = ?`,
    id,
  );
}

const eventColumns = 'seq, id, type, object, record_id, data, actor, chain, occurred_at';

/** Events written after another one and not dispatched yet. */
export function newEventsAfter(db: Reader, seq: number): EventRow[] {
  return db.all<EventRow>(
    `SELECT ${eventColumns} FROM events
      WHERE seq > ${boundInteger} AND dispatched_at IS NULL ORDER BY seq`,
    seq,
  );
}

/** The newest event of a record of one of some types that a rehearsal may take up again. */
export function newestEventOf(
  db: Reader,
  { object, id }: RecordReference,
  types: readonly EventType[],
): EventRow[] {
  return db.all<EventRow>(
    `SELECT ${eventColumns} FROM events
      WHERE record_id = ${boundText} AND object = ? AND type IN (SELECT value FROM json_each(?))
      ORDER BY seq DESC LIMIT 20`,
    id,
    object,
    JSON.stringify(types),
  );
}

/** The event of a row as it is now, by its id. */
export function eventRow(db: Reader, id: string): EventRow {
  const row = db.get<EventRow>(`SELECT ${eventColumns} FROM events WHERE id = ?`, id);
  if (!row) throw new Error(`The event ${id} was not written`);
  return row;
}

/** Runs of others that wait for a record hear nothing of a rehearsal. */
export function forgetOtherWaits(db: Writer, recordId: string, own: readonly string[]): void {
  db.run(
    `DELETE FROM wait_records WHERE record_id = ${boundText}
       AND execution_id NOT IN (SELECT value FROM json_each(?))`,
    recordId,
    JSON.stringify(own),
  );
}

export interface RunRow {
  readonly id: string;
  readonly status: ExecutionStatus;
  readonly event_id: string;
  readonly event_type: string;
  readonly occurred_at: string;
}

export function findRehearsedRun(db: Reader, id: string, workflowId: string): RunRow | undefined {
  return db.get<RunRow>(
    `SELECT r.id, r.status, r.event_id, e.type AS event_type, e.occurred_at
       FROM workflow_executions r JOIN events e ON e.id = r.event_id 
      WHERE r.id = ${boundText} AND r.workflow_id = ${boundText}`,
    id,
    workflowId,
  );
}
