import type { Page } from '../../shared/contract/lists.ts';
import type { Notification } from '../../shared/contract/notifications.ts';
import type { ObjectName, RecordReference } from '../../shared/model/objects.ts';
import { type PageQuery, readPage } from '../crm/records/page.ts';
import type { Reader } from '../db/handle.ts';
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
  readonly execution_id: string | null;
  readonly created_at: string;
  readonly read_at: string | null;
  readonly count: number;
}

const select = 'SELECT r.* FROM notifications r';

function toNotification(row: NotificationRow): Notification {
  const {
    id,
    title,
    message,
    urgency,
    object,
    record_id,
    workflow_id,
    execution_id,
    created_at,
    read_at,
    count,
  } = row;
  const record = object === null || record_id === null ? null : { object, id: record_id };
  return {
    id,
    title,
    message,
    urgency,
    record,
    workflow_id,
    execution_id,
    created_at,
    read_at,
    count,
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

export function listNotifications(db: Reader, query: PageQuery): Page<Notification> {
  return readPage<NotificationRow, Notification>(db, select, [], query, toNotification);
}

/** @throws UserError `not_found` */
export function markRead(unit: UnitOfWork, id: string): Notification {
  unit.db.run(
    'UPDATE notifications SET read_at = coalesce(read_at, ?) WHERE id = ?',
    unit.nowText,
    id,
  );
  const notification = findNotification(unit.db, id);
  if (!notification) throw notFound('notification', id);
  unit.touch('notification', id);
  return notification;
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
    `${select} WHERE r.shown_at IS NULL AND r.seq > ? AND r.created_at >= ? ORDER BY r.seq LIMIT 1`,
    after,
    since,
  );
  return row ? { seq: row.seq, notification: toNotification(row) } : null;
}

export function markShown(unit: UnitOfWork, id: string): void {
  unit.db.run('UPDATE notifications SET shown_at = ? WHERE id = ?', unit.nowText, id);
}
