import type { Notification, SnoozeSpan } from '../../shared/contract/notifications.ts';
import {
  addRelativeDate,
  dateOf,
  nextTimeOfDay,
  startOfDate,
} from '../../shared/workflow/relative-date.ts';
import { recordKinds } from '../crm/records/kinds.ts';
import { findRecord, updateRecord } from '../crm/records/record-store.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { NotificationAnswer } from '../ports.ts';
import { markDone, markRead, snooze } from './notification-store.ts';

/** When a notification that is put off until tomorrow comes back. */
const morning = '09:00';

function snoozeEnd(unit: UnitOfWork, span: SnoozeSpan): number {
  const { now, timeZone } = unit;
  if (span === '1_hour') return addRelativeDate(now, { amount: 1, unit: 'hour' }, timeZone);
  const today = startOfDate(dateOf(now, timeZone), timeZone);
  const midnight = addRelativeDate(today, { amount: 1, unit: 'day' }, timeZone);
  return nextTimeOfDay(midnight - 1, morning, [], timeZone);
}

/** @throws UserError `not_found` */
export function snoozeFor(unit: UnitOfWork, id: string, span: SnoozeSpan): Notification {
  return snooze(unit, id, new Date(snoozeEnd(unit, span)).toISOString());
}

/**
 * Done with it, and with the task it is about.
 *
 * @throws UserError `not_found`
 */
export function finishNotification(unit: UnitOfWork, id: string): Notification {
  const notification = markDone(unit, id);
  const { record } = notification;
  if (record?.object === 'task') {
    const task = findRecord(unit.db, recordKinds.task, record.id);
    if (task?.completed_at === null) {
      updateRecord(unit, recordKinds.task, record.id, { completed_at: unit.nowText });
    }
  }
  return notification;
}

/** What the user pressed on the notification the system shows. */
export function answerNotification(unit: UnitOfWork, id: string, answer: NotificationAnswer): void {
  switch (answer) {
    case 'open':
      markRead(unit, id);
      return;
    case 'snooze_1_hour':
      snoozeFor(unit, id, '1_hour');
      return;
    case 'snooze_tomorrow':
      snoozeFor(unit, id, 'tomorrow');
      return;
    case 'mark_done':
      finishNotification(unit, id);
  }
}
