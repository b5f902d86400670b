import type { MailContent } from '../../shared/contract/deliveries.ts';
import { readAddresses } from '../../shared/model/email-address.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { invalid, UserError } from '../errors.ts';
import { resumeStoppedRun, waitForAgain } from '../workflow/stopped-runs.ts';
import {
  type DeliveryRow,
  finishDelivery,
  forgetAttempts,
  getDelivery,
  openDeliveriesOf,
  readContent,
  replaceMail,
  scheduleDelivery,
} from './delivery-store.ts';
import { cleanHtml } from './mail-text.ts';
import { emitReplied, isAwaited, settleCancelled, settleSent } from './settle-delivery.ts';

export interface MailPatch {
  readonly to?: string | undefined;
  readonly cc?: string | undefined;
  readonly bcc?: string | undefined;
  readonly subject?: string | undefined;
  readonly text?: string | undefined;
  readonly html?: string | null | undefined;
}

function conflict(message: string): UserError {
  return new UserError('conflict', message);
}

/** @throws UserError when nothing of it may be changed any more */
function mailToChange({ db }: UnitOfWork, id: string): MailContent {
  const row = getDelivery(db, id);
  const what = readContent(row);
  if (what.kind !== 'email') throw conflict('Only an email can be changed.');
  // Once an attempt began, a server may hold a part of it: another text under the same id would be a lie.
  if ((row.state !== 'held' && row.state !== 'queued') || row.attempt > 0)
    throw conflict(`This email is ${row.state}; only one that was never tried can be changed.`);
  return what.content;
}

/**
 * Changes a mail while it is held. Its hold does not begin again.
 *
 * @throws UserError naming the field, or `conflict` when it is on its way
 */
export function changeMail(unit: UnitOfWork, id: string, patch: MailPatch): void {
  const mail = mailToChange(unit, id);
  const list = (key: 'to' | 'cc' | 'bcc'): MailContent['to'] => {
    const text = patch[key];
    if (text === undefined) return mail[key];
    const read = readAddresses(text);
    if ('fault' in read) throw invalid(key, `${key}: ${read.fault}.`);
    return [...read.addresses];
  };
  const to = list('to');
  if (to.length === 0) throw invalid('to', 'to must not be empty.');
  const subject = (patch.subject ?? mail.subject).replaceAll(/\s+/g, ' ').trim();
  if (subject === '') throw invalid('subject', 'subject must not be empty.');
  const html = patch.html === undefined ? mail.html : patch.html;
  replaceMail(unit.db, id, {
    ...mail,
    to,
    cc: list('cc'),
    bcc: list('bcc'),
    subject,
    text: patch.text ?? mail.text,
    html: html === null || html.trim() === '' ? null : cleanHtml(html),
  });
  unit.touch('delivery', id);
}

/**
 * Ends a hold or the wait for the next attempt. One that failed is tried again with its attempts counted anew: the
 * run that stopped at it waits for it again, any other went on meanwhile and stays as it is.
 *
 * @throws UserError `conflict` when there is nothing to send, or the run that stopped at it is frozen
 */
export function sendNow(unit: UnitOfWork, id: string): void {
  const row = getDelivery(unit.db, id);
  switch (row.state) {
    case 'held':
    case 'queued':
      break;
    case 'failed':
      forgetAttempts(unit.db, id);
      if (row.execution_id !== null && isStoppedBy(unit, row, 'failed'))
        waitForAgain(unit, row.execution_id, id);
      break;
    case 'sending':
      throw conflict('It is being sent at this moment.');
    case 'sent':
      throw conflict('It was sent already.');
    case 'uncertain':
      throw conflict('It may have been sent already. Decide that first.');
    case 'cancelled':
      throw conflict('It was cancelled. Start the run again to send it after all.');
  }
  scheduleDelivery(unit.db, id, unit.nowText, row.last_error);
  unit.touch('delivery', id);
}

/** @throws UserError `conflict` when it is on its way or over */
export function cancelDelivery(unit: UnitOfWork, id: string): void {
  const row = getDelivery(unit.db, id);
  if (row.state !== 'held' && row.state !== 'queued')
    throw conflict(`It is ${row.state}; only what still waits to be sent can be cancelled.`);
  settleCancelled(unit, row);
}

/** With a run that is ended by hand, what it still has to send is taken back. */
export function cancelDeliveriesOf(unit: UnitOfWork, executionId: string): void {
  for (const id of openDeliveriesOf(unit.db, executionId)) {
    finishDelivery(unit.db, id, 'cancelled', unit.nowText, { error: null });
    unit.touch('delivery', id);
  }
}

export type UncertainDecision = 'arrived' | 'send_again' | 'give_up';

/**
 * What becomes of something that may have been sent. The run that stopped because of it goes on.
 *
 * @throws UserError `conflict` when it is not in doubt
 */
export function resolveUncertain(unit: UnitOfWork, id: string, decision: UncertainDecision): void {
  const row = getDelivery(unit.db, id);
  if (row.state !== 'uncertain') throw conflict(`It is ${row.state}; there is nothing to decide.`);
  const runStopped = isStoppedBy(unit, row, 'parked');
  switch (decision) {
    case 'arrived':
      settleSent(unit, row, { response: 'confirmed by hand' });
      break;
    case 'send_again':
      if (!runStopped) {
        forgetAttempts(unit.db, id);
        scheduleDelivery(unit.db, id, unit.nowText, null);
      }
      break;
    case 'give_up':
      finishDelivery(unit.db, id, 'cancelled', unit.nowText, { error: null });
      break;
  }
  unit.touch('delivery', id);
  // Taken again, the step finds what it had sent: it waits for it, or is over at once.
  if (runStopped && row.execution_id !== null)
    resumeStoppedRun(unit, row.execution_id, decision === 'give_up' ? 'skip' : 'again', 'own');
}

/** Whether the run stopped at the step that sent this, and nobody has decided about the run itself. */
function isStoppedBy(unit: UnitOfWork, row: DeliveryRow, how: 'failed' | 'parked'): boolean {
  if (row.execution_id === null || isAwaited(unit, row)) return false;
  const run = unit.db.get<{ output: string | null }>(
    `SELECT s.output FROM workflow_executions r JOIN step_records s ON s.execution_id = r.id
      WHERE r.id = ? AND r.status = ? AND s.status = r.status ORDER BY s.seq DESC LIMIT 1`,
    row.execution_id,
    how,
  );
  return run?.output?.includes(row.id) ?? false;
}

/** @throws UserError `conflict` when it is no mail that was sent */
export function noteReply(unit: UnitOfWork, id: string): void {
  const row = getDelivery(unit.db, id);
  if (row.kind !== 'email' || row.state !== 'sent')
    throw conflict('Only an email that was sent can have been answered.');
  emitReplied(unit, row);
}
