import type { EventData } from '../../../shared/events/event-types.ts';
import { readWorkflowStatus } from '../../../shared/workflow/definition.ts';
import { triggerDescriptor } from '../../../shared/workflow/triggers.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { insertNotification, noteAgain } from '../../delivery/notification-store.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import { writePause } from '../store/pause-store.ts';

/** Failures of one workflow within this time share one notification, in milliseconds. */
const groupMs = 60_000;

/** So many runs that fail one after the other pause their workflow. */
const failuresBeforePause = 5;

export interface FailedRun {
  readonly workflow: { readonly id: string; readonly name: string };
  readonly execution_id: string;
  readonly event: StoredEvent;
  readonly message: string;
}

interface OutcomeRow {
  readonly status: string;
  readonly failures_in_row: number;
}

/**
 * What follows from a run that failed, in its own transaction: the event `workflow_failed`, one Inbox entry for all
 * failures within a minute, and the pause after five in a row. The event carries the run in its chain, so a workflow
 * that hears of its own failure is refused as a loop.
 */
export function noteFailure(unit: UnitOfWork, failed: FailedRun): void {
  const { workflow, execution_id, event, message } = failed;
  const link = { workflow_id: workflow.id, record_id: event.record_id, execution_id };
  const actor = { kind: 'workflow', workflow_id: workflow.id, execution_id } as const;
  unit.as({ actor, chain: [...event.chain, link] }, () =>
    unit.emit({
      type: 'workflow_failed',
      object: event.object,
      record_id: event.record_id,
      data: { keys: failureKeys(failed), changes: {} },
    }),
  );
  tell(unit, failed);
  unit.db.run(
    'UPDATE workflows SET failures_in_row = failures_in_row + 1 WHERE id = ?',
    workflow.id,
  );
  const row = unit.db.get<OutcomeRow>(
    'SELECT status, failures_in_row FROM workflows WHERE id = ?',
    workflow.id,
  );
  if (!row || row.failures_in_row < failuresBeforePause) return;
  if (readWorkflowStatus(row.status) !== 'active') return;
  pauseByTrellis(
    unit,
    workflow,
    `${failuresBeforePause} runs failed one after the other. The last said: ${message}`,
  );
}

/** A run that came to its end ends the row of failures before it. */
export function noteEnd(unit: UnitOfWork, workflowId: string): void {
  unit.db.run(
    'UPDATE workflows SET failures_in_row = 0 WHERE id = ? AND failures_in_row <> 0',
    workflowId,
  );
}

/** Pauses a workflow that does harm: it takes nothing in any more, what waits finishes, and the user is told why. */
export function pauseByTrellis(
  unit: UnitOfWork,
  workflow: { readonly id: string; readonly name: string },
  reason: string,
): void {
  writePause(unit.db, workflow.id, 'drain', reason, unit.nowText);
  unit.pausedWorkflows.add(workflow.id);
  insertNotification(unit, {
    title: `“${workflow.name}” was paused`,
    message: reason,
    urgency: 'critical',
    record: null,
    workflow_id: workflow.id,
    execution_id: null,
  });
  unit.touch('workflow', workflow.id);
}

function failureKeys({ workflow, execution_id, event, message }: FailedRun): EventData['keys'] {
  const ofRecord = triggerDescriptor('workflow_failed').keys.map(
    (name) => [name, event.data.keys[name] ?? null] as const,
  );
  return {
    ...Object.fromEntries(ofRecord),
    workflow_id: workflow.id,
    workflow_name: workflow.name,
    execution_id,
    error_message: message,
  };
}

/** One entry of the Inbox for the failures of a workflow within a minute; the newest run and its error stand in it. */
function tell(unit: UnitOfWork, { workflow, execution_id, event, message }: FailedRun): void {
  const group = `workflow_failed ${workflow.id}`;
  const since = new Date(unit.now - groupMs).toISOString();
  if (noteAgain(unit, group, since, message, execution_id)) return;
  const { object, record_id: id } = event;
  insertNotification(unit, {
    title: `“${workflow.name}” failed`,
    message,
    urgency: 'normal',
    record: object === null || id === null ? null : { object, id },
    workflow_id: workflow.id,
    execution_id,
    group_key: group,
  });
}
