import type { UnitOfWork, Committer } from '../../db/unit-of-work.ts';
import type { Reader } from '../../db/handle.ts';
import { messageOf } from '../../errors.ts';
import {
  type EventRow,
  hasPendingEvents,
  markDispatched,
  pendingEvents,
  readEvent,
  type StoredEvent,
} from '../../events/event-store.ts';
import type { Clock, Logger } from '../../ports.ts';
import { refuseLoop } from '../decide/refuse-loop.ts';
import { failQueuedRun, queuedRunId } from '../store/execution-store.ts';
import { executeRun, skipRun } from './execute-run.ts';
import type { ListeningWorkflow, WorkflowCatalog } from './workflow-catalog.ts';

/** Longest time the main thread is held before pending input is served, in milliseconds. */
const sliceMs = 8;

const batchSize = 100;

export interface DispatcherParts {
  readonly reader: Reader;
  readonly committer: Committer;
  readonly catalog: WorkflowCatalog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after each commit of the dispatcher. */
  readonly afterCommit: () => void;
}

/**
 * Takes committed events in their order and carries out the runs they start. The mark on the event, the run and all
 * it wrote commit together, so a crash at any moment leaves the event either wholly dispatched or not at all.
 */
export class Dispatcher {
  private readonly parts: DispatcherParts;
  private scheduled = false;
  private running = false;
  private readonly idleWaiters: (() => void)[] = [];

  constructor(parts: DispatcherParts) {
    this.parts = parts;
  }

  start(): void {
    this.running = true;
    this.wake();
  }

  stop(): void {
    this.running = false;
  }

  /** Looks for events soon; calling it often costs nothing. */
  wake(): void {
    if (this.scheduled || !this.running) return;
    this.scheduled = true;
    this.parts.clock.soon(() => this.slice());
  }

  /** Resolves when no committed event waits to be dispatched. */
  async idle(): Promise<void> {
    if (!this.running || (!this.scheduled && !hasPendingEvents(this.parts.reader))) return;
    await new Promise<void>((resolve) => {
      this.idleWaiters.push(resolve);
      this.wake();
    });
  }

  private slice(): void {
    this.scheduled = false;
    if (!this.running) {
      this.settle();
      return;
    }
    let more = false;
    try {
      more = this.dispatchBatch();
    } catch (error) {
      // Nothing was committed, the events wait; the slow poll tries again.
      this.parts.logger.error(
        `Workflow trigger error: the events could not be dispatched and wait: ${messageOf(error)}`,
      );
    }
    if (more) this.wake();
    else this.settle();
  }

  private settle(): void {
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  /** One commit: as many events as fit into a slice. @returns whether there may be more */
  private dispatchBatch(): boolean {
    const { reader, committer, catalog, clock } = this.parts;
    catalog.noticeOutsideChange();
    if (!catalog.isStale && !hasPendingEvents(reader)) return false;
    const deadline = clock.elapsed() + sliceMs;
    committer.commit({ kind: 'sql' }, (unit) => {
      catalog.refresh(unit);
      for (const event of pendingEvents(unit.db, batchSize)) {
        this.dispatch(unit, event);
        if (clock.elapsed() >= deadline) break;
      }
    });
    this.parts.afterCommit();
    return hasPendingEvents(reader);
  }

  private dispatch(unit: UnitOfWork, row: EventRow): void {
    const { logger } = this.parts;
    try {
      const reports = unit.attempt(() => {
        const lines = this.startRuns(unit, readEvent(row));
        markDispatched(unit.db, row.seq, unit.nowText, null);
        return lines;
      });
      for (const line of reports) logger.error(line);
    } catch (error) {
      // One event we cannot handle must not stand before all the others.
      const reason = messageOf(error);
      markDispatched(unit.db, row.seq, unit.nowText, reason);
      logger.error(`Workflow trigger error: event ${row.type} (${row.id}): ${reason}`);
    }
  }

  /** @returns lines for the log */
  private startRuns(unit: UnitOfWork, event: StoredEvent): string[] {
    if (event.type === 'manual') return this.startManualRun(unit, event);
    const lines: string[] = [];
    for (const workflow of this.parts.catalog.listenersOf(event)) {
      try {
        const error = unit.attempt(() => this.startRun(unit, event, workflow));
        if (error !== null) lines.push(errorLine(workflow, event, error));
      } catch (error) {
        // A run that cannot even be written down must not undo those of the other workflows.
        lines.push(errorLine(workflow, event, messageOf(error)));
      }
    }
    return lines;
  }

  /** @returns what went wrong, or null */
  private startRun(unit: UnitOfWork, event: StoredEvent, workflow: ListeningWorkflow) {
    const request = { execution_id: unit.ids.next(), workflow, event };
    const loop = refuseLoop(event.chain, workflow.id, event.record_id);
    if (loop === null) return executeRun(unit, this.parts.clock, request).error;
    skipRun(unit, request, loop);
    return loop;
  }

  /** A start by hand is meant for one workflow, and its run is already on file as queued. */
  private startManualRun(unit: UnitOfWork, event: StoredEvent): string[] {
    const { catalog, clock } = this.parts;
    const workflowId = String(event.data.keys['workflow_id']);
    const executionId = queuedRunId(unit.db, workflowId, event.id);
    if (executionId === null) return [];
    const workflow = catalog.find(workflowId);
    if (!workflow) {
      const message =
        'The workflow was switched off or became invalid before the run could start. Switch it on and start it again.';
      failQueuedRun(unit.db, executionId, message, unit.nowText);
      unit.touch('execution', executionId);
      return [
        `Workflow trigger error: workflow ${workflowId}, event manual (${event.id}): ${message}`,
      ];
    }
    const { error } = executeRun(unit, clock, { execution_id: executionId, workflow, event });
    return error === null ? [] : [errorLine(workflow, event, error)];
  }
}

function errorLine(
  workflow: { id: string; name: string },
  event: StoredEvent,
  reason: string,
): string {
  return `Workflow trigger error: workflow "${workflow.name}" (${workflow.id}), event ${event.type} (${event.id}): ${reason}`;
}
