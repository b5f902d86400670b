import { findDelivery, forgetAttempts, scheduleDelivery } from '../../delivery/delivery-store.ts';
import { externalEnd } from '../../delivery/external-end.ts';
import { type ActionContext, completed, type Outcome } from './action.ts';

/**
 * A step that stopped in doubt takes up what it had sent, instead of sending another: the same key, the same content.
 *
 * @returns null when the step begins anew: for the first time, or because what it sent was given up for good
 */
export function takeUpDelivery({ unit, stopped }: ActionContext): Outcome | null {
  const id = stopped?.['delivery_id'];
  const row = typeof id === 'string' ? findDelivery(unit.db, id) : null;
  if (!row) return null;
  switch (row.state) {
    case 'failed':
    case 'cancelled':
      return null;
    case 'sent': {
      const end = externalEnd(row);
      return end && completed(end.output ?? {}, [], end.warnings);
    }
    case 'uncertain':
      forgetAttempts(unit.db, row.id);
      scheduleDelivery(unit.db, row.id, unit.nowText, null);
      unit.touch('delivery', row.id);
      break;
    case 'held':
    case 'queued':
    case 'sending':
      break;
  }
  return { kind: 'wait_for', delivery_id: row.id, warnings: [] };
}
