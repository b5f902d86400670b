import type { Committer } from '../db/unit-of-work.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { errorKindOf, messageOf } from '../errors.ts';
import type { Cancel, Clock, Logger } from '../ports.ts';
import { parkRun, recoverStep } from '../workflow/stopped-runs.ts';
import { type AttemptEnd, type AttemptParts, attemptMail, attemptWebhook } from './attempts.ts';
import type { Network } from './connection-log.ts';
import {
  claimDelivery,
  type DeliveryRow,
  dueDeliveries,
  findDelivery,
  finishDelivery,
  interruptedDeliveries,
  markHandedOver,
  nextDeliveryAt,
  readContent,
  returnAttempt,
  scheduleDelivery,
} from './delivery-store.ts';
import { Lanes } from './lanes.ts';
import { findAccount } from './mail-account-store.ts';
import { planRetry } from './plan-retry.ts';
import { isAwaited, settleFailed, settleSent } from './settle-delivery.ts';
import { nextTurn } from '../in-slices.ts';

/** How soon a computer without a way out looks again, in milliseconds. */
const offlineMs = 30_000;

/** No host of somebody else's is called faster than this; a mail account has its own rate. */
const webhooksPerMinute = 1_200;

/** A timer further off than this fires at once; the slow poll looks anyway. */
const longestAlarmMs = 3_600_000;

const uncertainReason =
  'The mail may have been sent: the server took all of it, and no answer came. Look whether it arrived, then decide in the Outbox';

export interface SenderParts extends AttemptParts {
  readonly committer: Committer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly network: Network;
  /** False while the user holds all automation back. */
  readonly maySend: () => boolean;
  /** Called after the end of an attempt was written down: a run may go on. */
  readonly afterSettling: () => void;
}

/**
 * Sends what is due in the Outbox. The rows are the truth: each attempt is counted in its row before it begins and its
 * end written after, so a crash at any moment leaves what the next start needs. A webhook that was on its way is sent
 * again with the same key and body; a mail only when the server cannot have accepted it, else the user decides.
 */
export class Sender {
  private readonly parts: SenderParts;
  private readonly lanes = new Lanes();
  private readonly underWay = new Set<Promise<void>>();
  private readonly abort = new Set<AbortController>();
  private running = false;
  /** Whether what the last end of the program left in flight was taken up: by the first look that succeeds. */
  private hasRecovered = false;
  private scheduled = false;
  private cancelAlarm: Cancel = () => undefined;

  constructor(parts: SenderParts) {
    this.parts = parts;
  }

  /** To be called by the holder of the executor lock alone. */
  start(): void {
    this.running = true;
    this.poll();
  }

  /** Begins nothing new, breaks off what is on its way, and resolves when that is written down. */
  async stop(): Promise<void> {
    this.running = false;
    this.cancelAlarm();
    this.breakOff();
    await Promise.all(this.underWay);
    this.parts.mailer.close();
  }

  /** Looks for what is due, soon; calling it often costs nothing. */
  wake(): void {
    if (this.scheduled || !this.running) return;
    this.scheduled = true;
    this.parts.clock.soon(() => {
      this.scheduled = false;
      if (!this.running || !this.hasRecovered) return;
      try {
        this.pump();
      } catch (error) {
        // Nothing was claimed, the rows wait; the slow poll tries again.
        this.parts.logger.error(`The Outbox could not be read and waits: ${messageOf(error)}`);
      }
    });
  }

  /** Cuts every connection: what was on its way waits, without an attempt spent. */
  networkChanged(): void {
    if (this.parts.network.isOff) {
      this.breakOff();
      this.parts.mailer.close();
    } else this.wake();
  }

  /** Looks also for what another program changed: rows, or the switch of the network. */
  poll(): void {
    const { network, reader, committer } = this.parts;
    if (!this.running) return;
    if (!this.hasRecovered) {
      committer.commit({ kind: 'user' }, (unit) => {
        for (const row of interruptedDeliveries(unit.db)) recover(unit, row);
      });
      this.hasRecovered = true;
    }
    if (network.isOff && this.underWay.size > 0) this.networkChanged();
    else if (nextDeliveryAt(reader, []) !== null) this.wake();
  }

  /** Whether something is on its way, or about to be. */
  get isBusy(): boolean {
    return this.scheduled || this.underWay.size > 0;
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.isBusy) {
      if (this.underWay.size > 0) await Promise.all(this.underWay);
      else await nextTurn(this.parts.clock);
    }
  }

  private breakOff(): void {
    for (const controller of this.abort) controller.abort();
  }

  private pump(): void {
    const { reader, committer, clock, network, maySend } = this.parts;
    this.cancelAlarm();
    if (network.isOff || !maySend()) return;
    const now = clock.now();
    const chosen: { id: string; lane: string }[] = [];
    if (this.lanes.free > 0) {
      const nowText = new Date(now).toISOString();
      const due = dueDeliveries(reader, nowText, this.lanes.busy(now), this.lanes.free);
      for (const row of due) {
        if (!this.lanes.mayTake(row.lane, now)) continue;
        this.lanes.take(row.lane, now, this.rateOf(row.lane));
        chosen.push(row);
      }
    }
    if (chosen.length > 0) {
      try {
        committer.commit({ kind: 'user' }, (unit) => {
          for (const { id } of chosen) {
            claimDelivery(unit.db, id, unit.nowText);
            unit.touch('delivery', id);
          }
        });
      } catch (error) {
        for (const { lane } of chosen) this.lanes.giveBack(lane);
        throw error;
      }
      for (const row of chosen) this.begin(row.id, row.lane);
      // Rows of other lanes may lie behind those that were looked at.
      if (this.lanes.free > 0) return this.wake();
    }
    this.setAlarm(now);
  }

  /** Of a mail account its own; every other lane is a host. */
  private rateOf(lane: string): number {
    return findAccount(this.parts.reader, lane)?.rate_per_minute ?? webhooksPerMinute;
  }

  private setAlarm(now: number): void {
    const { reader, clock } = this.parts;
    const due = nextDeliveryAt(reader, this.lanes.busy(now));
    const times = [due === null ? null : Date.parse(due), this.lanes.nextFreeAt(now)].filter(
      (at): at is number => at !== null && Number.isFinite(at),
    );
    if (times.length === 0) return;
    const left = Math.min(Math.max(1, Math.min(...times) - now), longestAlarmMs);
    this.cancelAlarm = clock.after(left, () => this.wake());
  }

  private begin(id: string, lane: string): void {
    const controller = new AbortController();
    this.abort.add(controller);
    const work = this.carryOut(id, controller.signal)
      .catch((error: unknown) =>
        this.parts.logger.error(`Delivery ${id} could not be written down: ${messageOf(error)}`),
      )
      .finally(() => {
        this.underWay.delete(work);
        this.abort.delete(controller);
        this.lanes.giveBack(lane);
        this.wake();
      });
    this.underWay.add(work);
  }

  private async carryOut(id: string, signal: AbortSignal): Promise<void> {
    const { reader, committer } = this.parts;
    const row = findDelivery(reader, id);
    if (row?.state !== 'sending') return;
    const end = await this.attempt(row, signal);
    committer.commit({ kind: 'user' }, (unit) => this.settle(unit, id, end));
    this.parts.afterSettling();
  }

  private async attempt(row: DeliveryRow, signal: AbortSignal): Promise<AttemptEnd> {
    const { committer, clock, network } = this.parts;
    const { id, kind, workflow_id, execution_id } = row;
    const gate = network.gateFor({ purpose: kind, workflow_id, execution_id, delivery_id: id });
    let handedOver = false;
    try {
      const what = readContent(row);
      const end =
        what.kind === 'webhook'
          ? await attemptWebhook(this.parts, row, what.content, clock.now(), gate, signal)
          : await attemptMail(
              this.parts,
              row,
              what.content,
              gate,
              () => {
                committer.commit({ kind: 'user' }, (unit) =>
                  markHandedOver(unit.db, id, unit.nowText),
                );
                handedOver = true;
              },
              signal,
            );
      // What we broke off ourselves is not the other side's fault.
      const brokenOff = signal.aborted && end.kind === 'try_again';
      return brokenOff ? { kind: 'offline', message: 'it was broken off' } : end;
    } catch (error) {
      const message = messageOf(error);
      return handedOver
        ? { kind: 'uncertain', message }
        : { kind: 'failed', message, error_kind: errorKindOf(error) };
    }
  }

  private settle(unit: UnitOfWork, id: string, end: AttemptEnd): void {
    const row = findDelivery(unit.db, id);
    if (row?.state !== 'sending') return;
    unit.touch('delivery', id);
    switch (end.kind) {
      case 'sent':
        return settleSent(unit, row, end.answer);
      case 'failed':
        return settleFailed(
          unit,
          row,
          { message: end.message, kind: end.error_kind ?? 'fix_input' },
          end.answer,
        );
      case 'uncertain':
        return settleUncertain(unit, row);
      case 'offline':
        returnAttempt(unit.db, id);
        return scheduleDelivery(
          unit.db,
          id,
          new Date(unit.now + offlineMs).toISOString(),
          `offline: ${end.message}`,
        );
      case 'try_again': {
        const next = planRetry({
          delivery_id: id,
          attempt: row.attempt,
          first_attempt: Date.parse(row.first_attempt_at ?? unit.nowText),
          now: unit.now,
          retry_after: end.retry_after,
        });
        if (next === null)
          return settleFailed(unit, row, { message: end.message, kind: 'try_again' }, end.answer);
        return scheduleDelivery(unit.db, id, new Date(next).toISOString(), end.message);
      }
    }
  }
}

/** No answer after the whole message: only the user can find out, so the run stops there. */
function settleUncertain(unit: UnitOfWork, row: DeliveryRow): void {
  finishDelivery(unit.db, row.id, 'uncertain', unit.nowText, { error: uncertainReason });
  unit.touch('delivery', row.id);
  const { execution_id: executionId, step_id: stepId } = row;
  if (executionId !== null && stepId !== null && isAwaited(unit, row))
    parkRun(unit, executionId, { id: stepId }, uncertainReason, null);
}

/** What was on its way when the program ended. */
function recover(unit: UnitOfWork, row: DeliveryRow): void {
  if (row.handed_over_at !== null) return settleUncertain(unit, row);
  const { execution_id: executionId, step_id: stepId } = row;
  unit.touch('delivery', row.id);
  const isCounted = executionId !== null && stepId !== null && isAwaited(unit, row);
  if (isCounted && !recoverStep(unit, executionId, { id: stepId })) {
    // Its run is parked: the same delivery is taken up when the user has the step taken again.
    finishDelivery(unit.db, row.id, 'uncertain', unit.nowText, {
      error: 'The program ended too often while this was being sent',
    });
    return;
  }
  scheduleDelivery(unit.db, row.id, unit.nowText, row.last_error);
}
