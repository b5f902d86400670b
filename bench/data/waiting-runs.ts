import type Database from 'better-sqlite3';
import { idOf } from './generate.ts';

const kinds = { event: 5, run: 6 } as const;
const made = Date.UTC(2026, 0, 1);

export function waitingRunId(index: number): string {
  return idOf(kinds.run, index, made);
}

/**
 * Writes a run that waits down again and again, each time on another contact: as if so many events had come.
 *
 * @param dueAt ISO text of the instant the wait of the `index`-th ends
 */
export function repeatWaitingRun(
  sqlite: Database.Database,
  count: number,
  dueAt: (index: number) => string,
): void {
  const contactIds = sqlite
    .prepare<[number], string>('SELECT id FROM contacts ORDER BY seq LIMIT ?')
    .pluck()
    .all(count);
  const event = sqlite.prepare(
    `INSERT INTO events (id, type, object, record_id, data, actor, occurred_at, dispatched_at)
     SELECT ?, type, 'contact', ?, data, actor, occurred_at, dispatched_at FROM events WHERE id = ?`,
  );
  const run = sqlite.prepare(
    `INSERT INTO workflow_executions (id, workflow_id, version_id, event_id, object, record_id, status, started_at,
       actions_executed, cursor, created_at)
     SELECT ?, workflow_id, version_id, ?, 'contact', ?, status, started_at, actions_executed, cursor, created_at
       FROM workflow_executions WHERE id = ?`,
  );
  const step = sqlite.prepare(
    `INSERT INTO step_records (execution_id, step_id, type, status, input, output)
     SELECT ?, step_id, type, status, input, output FROM step_records WHERE execution_id = ?`,
  );
  const wait = sqlite.prepare(
    `INSERT INTO waits (execution_id, step_id, rule, due_at, created_at)
     SELECT ?, step_id, rule, ?, created_at FROM waits WHERE execution_id = ?`,
  );
  const original = sqlite
    .prepare<[], { id: string; event_id: string }>(
      "SELECT id, event_id FROM workflow_executions WHERE status = 'waiting'",
    )
    .get();
  if (!original) throw new Error('There is no waiting run to repeat');
  sqlite.exec('BEGIN IMMEDIATE');
  for (let index = 0; index < count; index += 1) {
    const contactId = contactIds[index % contactIds.length];
    const eventId = idOf(kinds.event, index, made);
    const runId = waitingRunId(index);
    event.run(eventId, contactId, original.event_id);
    run.run(runId, eventId, contactId, original.id);
    step.run(runId, original.id);
    wait.run(runId, dueAt(index), original.id);
  }
  sqlite.exec('COMMIT');
}
