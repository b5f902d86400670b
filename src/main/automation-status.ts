import { isAutomationPaused } from './automation-pause.ts';
import type { Reader } from './db/handle.ts';

/** How automation does, for what a host shows beside its window. */
export interface AutomationStatus {
  /** Runs that wait for a time or an event. */
  readonly waiting: number;
  /** Runs of today that failed, wholly or in part. */
  readonly failed: number;
  readonly paused: boolean;
  /** Notifications nobody has read. */
  readonly unread: number;
}

/** @param dayStart ISO 8601 UTC of the last midnight of the user */
export function readAutomationStatus(db: Reader, dayStart: string): AutomationStatus {
  const count = (sql: string, ...values: string[]): number =>
    db.get<{ n: number }>(sql, ...values)?.n ?? 0;
  return {
    waiting: count('SELECT count(*) AS n FROM waits'),
    failed: count(
      `SELECT count(*) AS n FROM workflow_executions
       WHERE status IN ('failed', 'partial') AND started_at >= ?`,
      dayStart,
    ),
    paused: isAutomationPaused(db),
    unread: count('SELECT count(*) AS n FROM notifications WHERE read_at IS NULL'),
  };
}
