import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { messageOf } from '../../errors.ts';
import {
  type EventRow,
  markDispatched,
  readEvent,
  type StoredEvent,
} from '../../events/event-store.ts';
import type { Clock } from '../../ports.ts';
import { refuseLoop } from '../decide/refuse-loop.ts';
import type { StartRate } from '../decide/start-rate.ts';
import { evaluateConditions } from '../../../shared/workflow/conditions/evaluate-conditions.ts';
import { explainRefusal } from '../../../shared/workflow/conditions/explain-refusal.ts';
import {
  failQueuedRun,
  findWorkflowOfRun,
  markBypassed,
  queuedRunId,
  refuseReEntry,
} from '../store/execution-store.ts';
import { isPaused } from '../store/pause-store.ts';
import { recordRefusal } from '../store/refusal-store.ts';
import { conditionFacts } from './condition-facts.ts';
import { endWaitsByEvent } from './end-waits.ts';
import { executeRun, type RunRequest, skipRun } from './execute-run.ts';
import { pauseByTrellis } from './note-outcome.ts';
import { ReachableRecords } from './run-context.ts';
import { triggerErrorLine } from './trigger-error.ts';
import type { ListeningWorkflow, WorkflowCatalog } from './workflow-catalog.ts';

const tooManyStarts =
  'more than 500 starts within 60 seconds by what runs caused. Look for the workflows that start each other.';

/** Who hears what. */
export type Listeners = Pick<WorkflowCatalog, 'listenersOf' | 'restingListenersOf' | 'find'>;

/** What one event brings about, in the unit of work that marks it: the dispatcher's, or that of a rehearsal. */
export class RunStarter {
  private readonly catalog: Listeners;
  private readonly clock: Clock;
  private readonly causedStarts: StartRate;

  constructor(catalog: Listeners, clock: Clock, causedStarts: StartRate) {
    this.catalog = catalog;
    this.clock = clock;
    this.causedStarts = causedStarts;
  }

  /**
   * Starts what the event starts, ends the waits it ends, and marks it.
   *
   * @returns lines for the log
   */
  dispatch(unit: UnitOfWork, row: EventRow): string[] {
    try {
      const event = readEvent(row);
      const reports = unit.attemptAll(() => [
        ...this.startRuns(unit, event),
        ...endWaitsByEvent(unit, event),
      ]);
      markDispatched(unit.db, row.seq, unit.nowText, null);
      return reports;
    } catch (error) {
      // One event we cannot handle must not stand before all the others.
      const reason = messageOf(error);
      markDispatched(unit.db, row.seq, unit.nowText, reason);
      return [triggerErrorLine({ event: row, reason })];
    }
  }

  /** @returns lines for the log */
  private startRuns(unit: UnitOfWork, event: StoredEvent): string[] {
    if (event.type === 'manual') return this.startManualRun(unit, event);
    // Taking something back is no new fact to act on; a run that waits still hears of it.
    if (event.actor.kind === 'undo') return [];
    if (event.data.starts === false) return [];
    const lines: string[] = [];
    for (const workflow of this.catalog.restingListenersOf(event)) {
      recordRefusal(unit, { workflow, event }, { rule: 'paused', seen: {} });
    }
    for (const workflow of this.catalog.listenersOf(event)) {
      try {
        const error = unit.attempt(() => this.startRun(unit, event, workflow));
        if (error !== null) lines.push(triggerErrorLine({ workflow, event, reason: error }));
      } catch (error) {
        // A run that cannot even be written down must not undo those of the other workflows.
        lines.push(triggerErrorLine({ workflow, event, reason: messageOf(error) }));
      }
    }
    return lines;
  }

  /** What of the workflow's entry conditions the record does not meet; null when it is what they ask for. */
  private unmetConditions(unit: UnitOfWork, { workflow, event }: RunRequest) {
    const { conditions } = workflow.definition;
    if (conditions === null) return null;
    const { object, record_id: id } = event;
    const records = new ReachableRecords(
      unit.db,
      object === null || id === null ? null : { object, id },
    );
    const timeZone = workflow.definition.settings.time_zone ?? unit.timeZone;
    const facts = conditionFacts({ now: unit.now, db: unit.db, timeZone }, records, event);
    return evaluateConditions(conditions, facts) ? null : explainRefusal(conditions, facts);
  }

  /** @returns what went wrong, or null */
  private startRun(unit: UnitOfWork, event: StoredEvent, workflow: ListeningWorkflow) {
    const request = { execution_id: unit.ids.next(), workflow, event };
    if (this.isPausedNow(unit, workflow.id)) {
      recordRefusal(unit, request, { rule: 'paused', seen: {} });
      return null;
    }
    const unmet = this.unmetConditions(unit, request);
    if (unmet !== null) {
      recordRefusal(unit, request, { rule: 'conditions', seen: { rules: unmet } });
      return null;
    }
    const { re_entry: reEntry } = workflow.definition.settings;
    const refused = refuseReEntry(unit.db, workflow.id, event.record_id, reEntry);
    if (refused !== null) {
      recordRefusal(unit, request, {
        rule: 're_entry',
        seen: { re_entry: reEntry, reason: refused },
      });
      return null;
    }
    const loop = this.refuseLoop(unit, request);
    if (loop === null) return executeRun(unit, this.clock, request).error;
    skipRun(unit, request, loop);
    return loop;
  }

  /** A loop by the chain of causes, or by the number of starts that runs caused: that pauses the workflow. */
  private refuseLoop(unit: UnitOfWork, { workflow, event }: RunRequest): string | null {
    const loop = refuseLoop(event.chain, workflow.id, event.record_id);
    if (loop !== null || event.chain.length === 0) return loop;
    if (!this.causedStarts.exceeds(workflow.id, unit.now)) return null;
    pauseByTrellis(unit, workflow, tooManyStarts);
    return `loop: ${tooManyStarts}`;
  }

  /** Paused by the engine earlier in this slice; the catalog learns of it after the commit. */
  private isPausedNow(unit: UnitOfWork, workflowId: string): boolean {
    // Asked of the row, for the pause may have been undone with the run that led to it.
    return unit.pausedWorkflows.has(workflowId) && isPaused(unit.db, workflowId);
  }

  /** A start by hand is meant for one workflow, and its run is already on file as queued. */
  private startManualRun(unit: UnitOfWork, event: StoredEvent): string[] {
    const { catalog, clock } = this;
    const workflowId = String(event.data.keys['workflow_id']);
    const executionId = queuedRunId(unit.db, workflowId, event.id);
    if (executionId === null) return [];
    const workflow = catalog.find(workflowId);
    if (!workflow || this.isPausedNow(unit, workflowId)) {
      const message =
        'The workflow was switched off or became invalid before the run could start. Switch it on and start it again.';
      failQueuedRun(unit.db, executionId, message, unit.nowText);
      unit.touch('execution', executionId);
      const idle = findWorkflowOfRun(unit.db, executionId);
      return [triggerErrorLine({ workflow: idle, event, reason: message })];
    }
    const request = { execution_id: executionId, workflow, event, is_queued: true } as const;
    // A start by a step is part of a chain; one by hand begins its own.
    const loop = this.refuseLoop(unit, request);
    if (loop !== null) skipRun(unit, request, loop);
    // By hand a run starts whatever the entry conditions say; it is to be seen that it did.
    if (!event.data.enrolled && this.unmetConditions(unit, request) !== null)
      markBypassed(unit.db, executionId);
    const error = loop ?? executeRun(unit, clock, request).error;
    return error === null ? [] : [triggerErrorLine({ workflow, event, reason: error })];
  }
}
