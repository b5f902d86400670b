import type { Reader } from '../../db/handle.ts';

const dayMs = 86_400_000;

export interface Trend {
  readonly value: number;
  readonly previous: number;
}

function count(db: Reader, sql: string, ...values: string[]): number {
  return db.get<{ count: number }>(sql, ...values)?.count ?? 0;
}

/** Badges of the sidebar. */
export function readCounts(db: Reader, endOfToday: string, now: string) {
  const openTasks =
    'SELECT count(*) AS count FROM activities WHERE completed_at IS NULL AND deleted_at IS NULL AND due_at';
  return {
    contacts: count(db, 'SELECT count(*) AS count FROM contacts WHERE deleted_at IS NULL'),
    companies: count(db, 'SELECT count(*) AS count FROM companies WHERE deleted_at IS NULL'),
    deals_open: count(
      db,
      "SELECT count(*) AS count FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.deleted_at IS NULL AND s.kind = 'open'",
    ),
    tasks_due: count(db, `${openTasks} < ?`, endOfToday),
    tasks_overdue: count(db, `${openTasks} < ?`, now),
    workflows_active: count(
      db,
      "SELECT count(*) AS count FROM workflows WHERE coalesce(is_deleted, 0) = 0 AND lower(trim(status)) = 'active'",
    ),
    notifications_unread: count(
      db,
      'SELECT count(*) AS count FROM notifications WHERE read_at IS NULL',
    ),
  };
}

/** A figure over the last seven days, and over the seven before. */
function week(db: Reader, nowMs: number, sql: string): Trend {
  const at = (daysAgo: number): string => new Date(nowMs - daysAgo * dayMs).toISOString();
  return { value: count(db, sql, at(7), at(0)), previous: count(db, sql, at(14), at(7)) };
}

/** The four numbers of the first screen. */
export function readTrends(db: Reader, nowMs: number) {
  return {
    deals_created: week(
      db,
      nowMs,
      'SELECT count(*) AS count FROM deals WHERE deleted_at IS NULL AND created_at > ? AND created_at <= ?',
    ),
    deals_won: week(
      db,
      nowMs,
      "SELECT count(*) AS count FROM deals d JOIN stages s ON s.id = d.stage_id AND s.kind = 'won' WHERE d.deleted_at IS NULL AND d.closed_at > ? AND d.closed_at <= ?",
    ),
    tasks_completed: week(
      db,
      nowMs,
      'SELECT count(*) AS count FROM activities WHERE deleted_at IS NULL AND completed_at > ? AND completed_at <= ?',
    ),
    runs: week(
      db,
      nowMs,
      'SELECT count(*) AS count FROM workflow_executions WHERE started_at > ? AND started_at <= ?',
    ),
  };
}
