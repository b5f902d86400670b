import type { Definition } from '../../../shared/workflow/definition.ts';
import { readWorkflowStatus, triggersOf } from '../../../shared/workflow/definition.ts';
import type { EventType } from '../../../shared/events/event-types.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { pipelineSlugs, stageSlugs } from '../../crm/deals/pipeline.ts';
import type { Connection } from '../../db/handle.ts';
import type { DefinitionKnowledge } from '../../../shared/workflow/check-definition.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import type { Logger } from '../../ports.ts';
import { ensureHookKey } from '../../delivery/hooks/hook-store.ts';
import { matchesTrigger } from '../decide/matches-trigger.ts';
import { checkStoredDefinition } from '../store/stored-definition.ts';
import { clearPause } from '../store/pause-store.ts';
import { unconfirmedOf, unconfirmedReason } from '../store/unconfirmed-addresses.ts';
import { latestVersion, publishVersion } from '../store/version-store.ts';
import { listWorkflowRows, waitsForHook, type WorkflowRow } from '../store/workflow-store.ts';
import { triggerErrorLine } from './trigger-error.ts';

/** An active workflow with the version that runs next. */
export interface ListeningWorkflow {
  readonly id: string;
  readonly name: string;
  readonly owner_id: string;
  readonly version_id: string;
  readonly definition: Definition;
}

interface KnownWorkflow {
  /** What the row held when it was read: unchanged text is not checked again. */
  readonly fingerprint: string;
  readonly listening: ListeningWorkflow | null;
  /** A paused workflow as it would listen: what it does not take in is said when asked why. */
  readonly resting?: ListeningWorkflow | null;
}

/** Workflows under each type of event that one of their triggers waits for, in the order they start. */
type ByType = ReadonlyMap<EventType, readonly ListeningWorkflow[]>;

/** @param workflows the oldest first */
function byType(workflows: readonly ListeningWorkflow[]): ByType {
  const found = new Map<EventType, ListeningWorkflow[]>();
  const inOrder = workflows.toSorted(
    (a, b) => b.definition.settings.priority - a.definition.settings.priority,
  );
  for (const workflow of inOrder) {
    for (const type of new Set(triggersOf(workflow.definition).map((trigger) => trigger.type))) {
      const known = found.get(type);
      if (known) known.push(workflow);
      else found.set(type, [workflow]);
    }
  }
  return found;
}

/**
 * The active workflows, kept in memory. Anybody may change their rows by SQL while we run: `PRAGMA data_version`
 * tells that another connection committed, and then every row is compared with what was read before.
 */
export class WorkflowCatalog {
  private readonly connection: Connection;
  private readonly logger: Logger;
  private readonly changedOutside: () => void;
  private known = new Map<string, KnownWorkflow>();
  private listeners: ByType = new Map();
  private resting: ByType = new Map();
  private dataVersion: number | undefined;
  private stale = true;
  /** Grows whenever the workflows were read again. */
  revision = 0;

  /** @param changedOutside called whenever another program is found to have written the file */
  constructor(connection: Connection, logger: Logger, changedOutside: () => void) {
    this.connection = connection;
    this.logger = logger;
    this.changedOutside = changedOutside;
  }

  /**
   * Our own connection's writes do not move `data_version`, so they say so here.
   *
   * @param changed workflows to read anew although their text may be what it was when they are
   */
  invalidate(changed: Iterable<string> = []): void {
    for (const id of changed) this.known.delete(id);
    this.stale = true;
  }

  /** Looks whether another program has written the file since the last call. */
  noticeOutsideChange(): void {
    const version = this.connection.dataVersion();
    const changed = this.dataVersion !== undefined && version !== this.dataVersion;
    this.dataVersion = version;
    if (!changed) return;
    this.stale = true;
    this.changedOutside();
  }

  /** Whether the rows must be read again before the next dispatch. */
  get isStale(): boolean {
    return this.stale;
  }

  /**
   * Reads what changed. A new legal definition becomes a version; one that is not legal parks its workflow with the
   * reason, its text untouched, and every other workflow goes on.
   */
  refresh(unit: UnitOfWork): void {
    this.noticeOutsideChange();
    if (!this.stale) return;
    const next = new Map<string, KnownWorkflow>();
    const knowledge = {
      stages: stageSlugs(unit.db),
      pipelines: pipelineSlugs(unit.db),
      custom: customFields(unit.db),
    };
    for (const row of listWorkflowRows(unit.db)) {
      const fingerprint = JSON.stringify([
        row.name,
        row.status,
        row.owner_id,
        row.trigger_type,
        row.trigger_config,
        row.actions,
        row.conditions,
        row.settings,
        row.further_triggers,
        row.parked_reason,
        row.unconfirmed_addresses,
        knowledge,
      ]);
      const known = this.known.get(row.id);
      next.set(
        row.id,
        known?.fingerprint === fingerprint ? known : this.read(unit, row, knowledge, fingerprint),
      );
    }
    this.known = next;
    this.listeners = byType([...next.values()].flatMap(({ listening }) => listening ?? []));
    this.resting = byType([...next.values()].flatMap(({ resting }) => resting ?? []));
    this.stale = false;
    this.revision += 1;
  }

  private read(
    unit: UnitOfWork,
    row: WorkflowRow,
    knowledge: DefinitionKnowledge,
    fingerprint: string,
  ): KnownWorkflow {
    if (waitsForHook(row)) ensureHookKey(unit, row.id);
    if (readWorkflowStatus(row.status) !== 'active') {
      this.park(unit, row, null);
      return { fingerprint, listening: null, resting: this.readResting(unit, row) };
    }
    const previous = latestVersion(unit.db, row.id);
    const check = checkStoredDefinition(row, knowledge, previous?.definition?.actions ?? []);
    const unconfirmed = unconfirmedOf(row);
    if (!check.definition || unconfirmed.length > 0) {
      const problem = check.faults[0] ?? check.gaps[0];
      const reason = problem
        ? `${problem.path}: ${problem.message}`
        : unconfirmedReason(unconfirmed);
      if (this.park(unit, row, reason)) {
        this.logger.error(
          triggerErrorLine({
            workflow: row,
            event: { type: row.trigger_type },
            reason: `parked: ${reason}`,
          }),
        );
      }
      return { fingerprint, listening: null };
    }
    this.park(unit, row, null);
    // Turned on by SQL, perhaps: what it was paused for is behind it.
    clearPause(unit.db, row.id);
    const version = publishVersion(unit, row.id, check.definition);
    if (version.id !== previous?.id) unit.touch('workflow', row.id);
    return {
      fingerprint,
      listening: {
        id: row.id,
        name: row.name,
        owner_id: row.owner_id,
        version_id: version.id,
        definition: version.definition,
      },
    };
  }

  private readResting(unit: UnitOfWork, row: WorkflowRow): ListeningWorkflow | null {
    if (readWorkflowStatus(row.status) !== 'paused') return null;
    const version = latestVersion(unit.db, row.id);
    if (!version?.definition) return null;
    return {
      id: row.id,
      name: row.name,
      owner_id: row.owner_id,
      version_id: version.id,
      definition: version.definition,
    };
  }

  /** @returns whether the reason is new */
  private park(unit: UnitOfWork, row: WorkflowRow, reason: string | null): boolean {
    if (row.parked_reason === reason) return false;
    unit.db.run('UPDATE workflows SET parked_reason = ? WHERE id = ?', reason, row.id);
    unit.touch('workflow', row.id);
    return true;
  }

  /** The workflows an event starts, in the order they start: by priority, then age. */
  listenersOf(event: StoredEvent): ListeningWorkflow[] {
    return (this.listeners.get(event.type) ?? []).filter((one) => matchesTrigger(one, event));
  }

  /** Paused workflows that would have heard an event. */
  restingListenersOf(event: StoredEvent): ListeningWorkflow[] {
    return (this.resting.get(event.type) ?? []).filter((one) => matchesTrigger(one, event));
  }

  /** Whether an event of this type may start a run, or be refused by a workflow that is paused. */
  hears(type: EventType): boolean {
    return this.listeners.has(type) || this.resting.has(type);
  }

  /** Every active workflow. */
  listening(): ListeningWorkflow[] {
    return [...this.known.values()].flatMap(({ listening }) => (listening ? [listening] : []));
  }

  find(workflowId: string): ListeningWorkflow | null {
    return this.known.get(workflowId)?.listening ?? null;
  }
}
