import type { UndoRunsPreview, UndoRunsResult } from '../../../shared/contract/undo-runs.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import type { Connection, Reader } from '../../db/handle.ts';
import type { Committer, OpenAction } from '../../db/unit-of-work.ts';
import { cancelDeliveriesOf } from '../../delivery/outbox.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';
import type { Clock } from '../../ports.ts';
import { cancelExecution } from '../run-control.ts';
import {
  deliveriesOfRun,
  findRun,
  runEntries,
  runsSince,
  type SentRow,
  startedByRun,
  type UndoneRun,
} from '../store/run-effects-store.ts';
import { getWorkflowRow } from '../store/workflow-store.ts';
import { type PutBack, UndoPlan } from './undo-plan.ts';

/** As many are told in full; the rest is counted. */
const toldInFull = 200;

/** One run, or all of a workflow that began at an instant or later. */
export type UndoTarget =
  | { readonly execution_id: string }
  | { readonly workflow_id: string; readonly since: string };

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * Works out what taking runs back would do; writes nothing.
 *
 * @throws UserError `not_found`
 */
export async function previewUndo(
  { connection, clock }: Parts,
  target: UndoTarget,
): Promise<UndoRunsPreview> {
  const { reader } = connection;
  const plan = new UndoPlan(reader, null, new Set());
  const lasting: UndoRunsPreview['lasting'] = [];
  const ids = runsOf(reader, target);
  let ending = 0;
  let takenBack = 0;
  let deadline = clock.elapsed() + sliceMs;
  for (const id of ids) {
    const run = findRun(reader, id);
    if (isOpen(run)) ending += 1;
    for (const entry of runEntries(reader, run)) plan.takeBack(id, entry);
    for (const sent of deliveriesOfRun(reader, id)) {
      if (isInOutbox(sent)) takenBack += 1;
      else if (hasLeft(sent)) lasting.push(describeSent(sent));
    }
    for (const { id: runId, name, at } of startedByRun(reader, id))
      lasting.push({ kind: 'run', id: runId, label: name, at });
    if (clock.elapsed() < deadline) continue;
    await nextTurn(clock);
    deadline = clock.elapsed() + sliceMs;
  }
  const records = [...plan.records.values()];
  const conflicts = [...plan.conflicts.values()];
  return {
    runs: ids.length,
    ending_runs: ending,
    records: records.slice(0, toldInFull),
    record_count: records.length,
    conflicts: conflicts.slice(0, toldInFull),
    conflict_count: conflicts.length,
    taken_back: takenBack,
    lasting: lasting.slice(0, toldInFull),
    lasting_count: lasting.length,
  };
}

/**
 * Takes runs back, the newest first, in slices, as one action of the user's, which can be undone as any other. It starts
 * no workflow; waits hear of it. A run that still waits ends first, and what it has in the Outbox is not sent.
 *
 * @throws UserError `not_found`
 */
export async function undoRuns(
  { connection, committer, clock }: Parts,
  actor: Actor,
  target: UndoTarget,
  putBack: PutBack,
  signal: AbortSignal | undefined,
): Promise<UndoRunsResult> {
  const ids = runsOf(connection.reader, target);
  const action: OpenAction = { kind: 'bulk_edit', seq: null };
  const records = new Set<string>();
  let kept = 0;
  let runs = 0;
  while (runs < ids.length) {
    if (signal?.aborted) break;
    const deadline = clock.elapsed() + sliceMs;
    const done = committer.commit(
      actor,
      (unit) => {
        const plan = new UndoPlan(unit.db, unit, putBack);
        let next = runs;
        do {
          const id = ids[next] ?? '';
          const run = findRun(unit.db, id);
          if (isOpen(run)) cancelExecution(unit, id);
          cancelDeliveriesOf(unit, id);
          for (const entry of runEntries(unit.db, run)) plan.takeBack(id, entry);
          unit.touch('execution', id);
          next += 1;
        } while (next < ids.length && clock.elapsed() < deadline);
        return { next, plan };
      },
      { action, runWorkflows: 'none' },
    );
    runs = done.next;
    for (const id of done.plan.records.keys()) records.add(id);
    kept += done.plan.kept;
    if (runs < ids.length) await nextTurn(clock);
  }
  return { runs, record_count: records.size, kept };
}

function runsOf(db: Reader, target: UndoTarget): string[] {
  if ('execution_id' in target) return [findRun(db, target.execution_id).id];
  getWorkflowRow(db, target.workflow_id);
  return runsSince(db, target.workflow_id, new Date(target.since).toISOString());
}

function isOpen({ status }: UndoneRun): boolean {
  return status === 'waiting' || status === 'queued' || status === 'parked';
}

function isInOutbox({ state }: SentRow): boolean {
  return state === 'held' || state === 'queued';
}

function hasLeft({ state }: SentRow): boolean {
  return state === 'sent' || state === 'sending' || state === 'uncertain';
}

function describeSent(sent: SentRow): UndoRunsPreview['lasting'][number] {
  const { id, kind, at } = sent;
  return { kind, id, label: labelOf(sent), at };
}

function labelOf({ kind, content }: SentRow): string {
  try {
    // Written by insertDelivery alone; one that was damaged has left all the same.
    const { to, subject, method, url } = JSON.parse(content) as {
      to?: { address: string }[];
      subject?: string;
      method?: string;
      url?: string;
    };
    return kind === 'email'
      ? `${(to ?? []).map(({ address }) => address).join(', ')}: ${subject ?? ''}`
      : `${method ?? ''} ${url ?? ''}`;
  } catch {
    return '';
  }
}
