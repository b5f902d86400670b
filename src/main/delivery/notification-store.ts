import type { Page } from '../../shared/contract/lists.ts';
import type { Notification, NotificationState } from '../../shared/contract/notifications.ts';
import type { ObjectName, RecordReference } from '../../shared/model/objects.ts';
import { type Filter, type PageQuery, readPage } from '../crm/records/page.ts';
import type { Reader, SqlValue } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors.ts';

export interface NewNotification {
  readonly title: string;
  readonly message: string;
  readonly urgency: Notification['urgency'];
  readonly record: RecordReference | null;
  readonly workflow_id: string | null;
  readonly execution_id: string | null;
  /** What later ones of the same kind are joined to it by; absent: it stands alone. */
  readonly group_key?: string;
}

interface NotificationRow {
  readonly seq: number;
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly urgency: Notification['urgency'];
  readonly object: ObjectName | null;
  readonly record_id: string | null;
  readonly workflow_id: string | null;
  readonly workflow_name: string | null;
  readonly execution_id: string | null;
  readonly created_at: string;
  readonly read_at: string | null;
  readonly count: number;
  readonly snoozed_until: string | null;
  readonly done_at: string | null;
}

const select =
  'SELECT r.*, w.name AS workflow_name FROM notifications r LEFT JOIN workflows w ON w.id = r.workflow_id';

function toNotification(row: NotificationRow): Notification {
  const { object, record_id } = row;
  return {
    id: row.id,
    title: row.title,
    message: row.message,
    urgency: row.urgency,
    record: object === null || record_id === null ? null : { object, id: record_id },
    workflow_id: row.workflow_id,
    workflow_name: row.workflow_name,
    execution_id: row.execution_id,
    created_at: row.created_at,
    read_at: row.read_at,
    snoozed_until: row.snoozed_until,
    done_at: row.done_at,
    count: row.count,
  };
}

export function insertNotification(unit: UnitOfWork, notification: NewNotification): string {
  const id = unit.ids.next();
  unit.db.run(
    `INSERT INTO notifications (id, title, message, urgency, object, record_id, workflow_id, execution_id, group_key, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    notification.title,
    notification.message,
    notification.urgency,
    notification.record?.object ?? null,
    notification.record?.id ?? null,
    notification.workflow_id,
    notification.execution_id,
    notification.group_key ?? null,
    unit.nowText,
  );
  unit.touch('notification', id);
  return id;
}

/**
 * Joins one more of its kind to the newest entry of a group: its count grows, it says the newest, and is unread again.
 * The operating system has shown it and does not show it once more.
 *
 * @param since ISO text; older entries are left alone
 * @returns whether there was such an entry
 */
export function noteAgain(
  unit: UnitOfWork,
  group: string,
  since: string,
  message: string,
  executionId: string,
): boolean {
  const row = unit.db.get<{ id: string }>(
    'SELECT id FROM notifications WHERE group_key = ? AND created_at > ? ORDER BY seq DESC LIMIT 1',
    group,
    since,
  );
  if (!row) return false;
  unit.db.run(
    'UPDATE notifications SET count = count + 1, message = ?, execution_id = ?, read_at = NULL WHERE id = ?',
    message,
    executionId,
    row.id,
  );
  unit.touch('notification', row.id);
  return true;
}

export function findNotification(db: Reader, id: string): Notification | null {
  const row = db.get<NotificationRow>(`${select} WHERE r.id = ?`, id);
  return row ? toNotification(row) : null;
}

export interface NotificationQuery extends PageQuery {
  readonly state?: NotificationState | undefined;
  readonly workflow_id?: string | undefined;
}

const inInbox = 'r.snoozed_until IS NULL AND r.done_at IS NULL';

const stateSql: Readonly<Record<NotificationState, string>> = {
  inbox: inInbox,
  unread: `r.read_at IS NULL AND ${inInbox}`,
  snoozed: 'r.snoozed_until IS NOT NULL',
  done: 'r.done_at IS NOT NULL',
};

export function listNotifications(db: Reader, query: NotificationQuery): Page<Notification> {
  const { state, workflow_id: workflowId } = query;
  const filters: Filter[] = [];
  if (state !== undefined) filters.push({ sql: stateSql[state], values: [] });
  if (workflowId !== undefined) filters.push({ sql: 'r.workflow_id = ?', values: [workflowId] });
  return readPage<NotificationRow, Notification>(db, select, filters, query, toNotification);
}

/** @throws UserError `not_found` */
function change(
  unit: UnitOfWork,
  id: string,
  assignments: string,
  ...values: SqlValue[]
): Notification {
  unit.db.run(`UPDATE notifications SET ${assignments} WHERE id = ?`, ...values, id);
  const notification = findNotification(unit.db, id);
  if (!notification) throw notFound('notification', id);
  unit.touch('notification', id);
  return notification;
}

/** @throws UserError `not_found` */
export function markRead(unit: UnitOfWork, id: string): Notification {
  return change(unit, id, 'read_at = coalesce(read_at, ?)', unit.nowText);
}

/**
 * Puts it off until an instant: read for now, and out of the Inbox.
 *
 * @throws UserError `not_found`
 */
export function snooze(unit: UnitOfWork, id: string, until: string): Notification {
  const assignments = 'snoozed_until = ?, done_at = NULL, read_at = coalesce(read_at, ?)';
  return change(unit, id, assignments, until, unit.nowText);
}

/** @throws UserError `not_found` */
export function markDone(unit: UnitOfWork, id: string): Notification {
  const assignments =
    'done_at = coalesce(done_at, ?), snoozed_until = NULL, read_at = coalesce(read_at, ?)';
  return change(unit, id, assignments, unit.nowText, unit.nowText);
}

/**
 * Back into the Inbox as it is.
 *
 * @throws UserError `not_found`
 */
export function restore(unit: UnitOfWork, id: string): Notification {
  return change(unit, id, 'snoozed_until = NULL, done_at = NULL');
}

/** The time it was put off until has come: it is in the Inbox again, unread. */
export function endSnooze(unit: UnitOfWork, id: string, shown: boolean): void {
  change(
    unit,
    id,
    'snoozed_until = NULL, read_at = NULL, shown_at = coalesce(?, shown_at)',
    shown ? unit.nowText : null,
  );
}

/** @returns how many were unread */
export function markAllRead(unit: UnitOfWork): number {
  const count = unit.db.run(
    'UPDATE notifications SET read_at = ? WHERE read_at IS NULL',
    unit.nowText,
  );
  if (count > 0) unit.touch('notification', 'all');
  return count;
}

/**
 * The next row the operating system has not shown, in order of arrival.
 *
 * @param after `seq` of the last row already tried
 * @param since ISO text; older rows are left out
 */
export function nextUnshown(
  db: Reader,
  after: number,
  since: string,
): { readonly seq: number; readonly notification: Notification } | null {
  const row = db.get<NotificationRow>(
    `${select} WHERE r.shown_at IS NULL AND r.silenced_at IS NULL AND ${inInbox}
       AND r.seq > ? AND r.created_at >= ? ORDER BY r.seq LIMIT 1`,
    after,
    since,
  );
  return row ? { seq: row.seq, notification: toNotification(row) } : null;
}

export function markShown(unit: UnitOfWork, id: string): void {
  unit.db.run('UPDATE notifications SET shown_at = ? WHERE id = ?', unit.nowText, id);
}

/** It came in quiet hours: the Inbox has it, and nothing will show it. */
export function markSilenced(unit: UnitOfWork, id: string): void {
  unit.db.run('UPDATE notifications SET silenced_at = ? WHERE id = ?', unit.nowText, id);
}

/** The notification whose snooze ended first, and is over by now. */
export function nextSnoozeEnd(db: Reader, now: string): Notification | null {
  const row = db.get<NotificationRow>(
    `${select} WHERE r.snoozed_until <= ? ORDER BY r.snoozed_until, r.seq LIMIT 1`,
    now,
  );
  return row ? toNotification(row) : null;
}
