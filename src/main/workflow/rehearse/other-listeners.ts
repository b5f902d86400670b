import { readWorkflowStatus } from '../../../shared/workflow/definition.ts';
import type { Reader } from '../../db/handle.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import { matchesTrigger } from '../decide/matches-trigger.ts';
import type { Listeners } from '../executor/start-runs.ts';
import type { ListeningWorkflow } from '../executor/workflow-catalog.ts';
import { latestVersion } from '../store/version-store.ts';
import { listWorkflowRows } from '../store/workflow-store.ts';

/** The rehearsed workflow hears everything; the others are silent. */
export class OneListener implements Listeners {
  private readonly workflow: ListeningWorkflow;
  private isPaused = false;

  constructor(workflow: ListeningWorkflow) {
    this.workflow = workflow;
  }

  /** The engine paused the workflow, as it would for real. */
  pause(): void {
    this.isPaused = true;
  }

  listenersOf(event: StoredEvent): ListeningWorkflow[] {
    return this.isPaused ? [] : this.hearing(event);
  }

  restingListenersOf(event: StoredEvent): ListeningWorkflow[] {
    return this.isPaused ? this.hearing(event) : [];
  }

  find(workflowId: string): ListeningWorkflow | null {
    return !this.isPaused && workflowId === this.workflow.id ? this.workflow : null;
  }

  private hearing(event: StoredEvent): ListeningWorkflow[] {
    return matchesTrigger(this.workflow, event) ? [this.workflow] : [];
  }
}

type Other = Pick<ListeningWorkflow, 'id' | 'name' | 'definition'>;

/** The other active workflows, and how often each would have heard what the rehearsed runs write. */
export class OtherListeners {
  private readonly others: readonly Other[];
  private readonly heard = new Map<string, { other: Other; event: string; count: number }>();

  constructor(db: Reader, rehearsedId: string) {
    this.others = listWorkflowRows(db).flatMap((row): Other[] => {
      if (row.id === rehearsedId || readWorkflowStatus(row.status) !== 'active') return [];
      const definition = latestVersion(db, row.id)?.definition;
      return definition ? [{ id: row.id, name: row.name, definition }] : [];
    });
  }

  hear(event: StoredEvent): void {
    // A step that starts a workflow names it.
    const started = event.type === 'manual' ? event.data.keys['workflow_id'] : null;
    for (const other of this.others) {
      if (started === null ? !matchesTrigger(other, event) : started !== other.id) continue;
      const key = `${other.id} ${event.type}`;
      const known = this.heard.get(key) ?? { other, event: event.type, count: 0 };
      known.count += 1;
      this.heard.set(key, known);
    }
  }

  counts(): { workflow_id: string; name: string; event: string; count: number }[] {
    return [...this.heard.values()].map(({ other, event, count }) => ({
      workflow_id: other.id,
      name: other.name,
      event,
      count,
    }));
  }
}
