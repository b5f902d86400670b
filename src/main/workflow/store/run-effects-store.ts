import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { JournalObject } from '../../../shared/model/objects.ts';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import { boundText } from '../../db/bound.ts';
import type { Reader } from '../../db/handle.ts';
import { notFound } from '../../errors.ts';
import type { JournalOperation } from '../../journal/journal.ts';
import type { ActionEntry } from '../../journal/user-actions.ts';
import { readSteps } from './execution-store.ts';

/** A run whose effects are to be taken back. */
export interface UndoneRun {
  readonly id: string;
  readonly workflow_id: string;
  readonly status: ExecutionStatus;
}

/** @throws UserError `not_found` */
export function findRun(db: Reader, id: string): UndoneRun {
  const run = db.get<UndoneRun>(
    'SELECT id, workflow_id, status FROM workflow_executions WHERE id = ?',
    id,
  );
  if (!run) throw notFound('run', id);
  return run;
}

/** Ids of the runs of a workflow that began at an instant or later, the newest first. */
export function runsSince(db: Reader, workflowId: string, since: string): string[] {
  return db
    .all<{ id: string }>(
      `SELECT id FROM workflow_executions
        WHERE workflow_id = ? AND coalesce(started_at, created_at) >= ? AND status <> 'skipped'
        ORDER BY seq DESC`,
      workflowId,
      since,
    )
    .map(({ id }) => id);
}

/**
 * What a run wrote, the newest first. Its steps say which records it touched, so the journal is asked for those alone.
 */
export function runEntries(db: Reader, run: UndoneRun): ActionEntry[] {
  const ids = new Set(readSteps(db, run.id).flatMap(touchedBy));
  // As UnitOfWork writes it of the very actor executeRun names.
  const actor = JSON.stringify({
    kind: 'workflow',
    workflow_id: run.workflow_id,
    execution_id: run.id,
  });
  return [...ids]
    .flatMap((id) => entriesOf(db, id, actor))
    .toSorted((one, other) => other.seq - one.seq);
}

function touchedBy({ changes, output }: StepResult): string[] {
  const note = output?.['note_id'];
  return [...changes.map(({ id }) => id), ...(typeof note === 'string' ? [note] : [])];
}

interface EntryRow {
  readonly seq: number;
  readonly object: JournalObject;
  readonly record_id: string;
  readonly operation: JournalOperation;
  readonly before: string | null;
  readonly after: string | null;
}

function entriesOf(db: Reader, recordId: string, actor: string): ActionEntry[] {
  return db
    .all<EntryRow>(
      `SELECT seq, object, record_id, operation, before, after FROM journal
        WHERE record_id = ${boundText} AND actor = ?`,
      recordId,
      actor,
    )
    .map((row) => ({ ...row, before: readColumns(row.before), after: readColumns(row.after) }));
}

function readColumns(text: string | null): ActionEntry['before'] {
  // Written by appendJournal alone.
  return text === null ? null : (JSON.parse(text) as Readonly<Record<string, unknown>>);
}

export interface SentRow {
  readonly id: string;
  readonly kind: 'email' | 'webhook';
  readonly state: string;
  readonly content: string;
  readonly at: string;
}

/** What a run sent or is to send. */
export function deliveriesOfRun(db: Reader, executionId: string): SentRow[] {
  return db.all<SentRow>(
    `SELECT id, kind, state, content, coalesce(finished_at, created_at) AS at FROM deliveries
      WHERE execution_id = ${boundText} ORDER BY seq`,
    executionId,
  );
}

/** The runs that steps of a run started. */
export function startedByRun(
  db: Reader,
  executionId: string,
): { readonly id: string; readonly name: string; readonly at: string }[] {
  return db.all(
    `SELECT r.id, w.name, r.created_at AS at FROM step_records s
       JOIN workflow_executions r ON r.id = json_extract(s.output, '$.execution_id')
       JOIN workflows w ON w.id = r.workflow_id
      WHERE s.execution_id = ${boundText} AND s.type = 'start_workflow' ORDER BY s.seq`,
    executionId,
  );
}
