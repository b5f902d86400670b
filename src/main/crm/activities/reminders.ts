import type { Reader } from '../../db/handle.ts';
import type { Committer } from '../../db/unit-of-work.ts';
import { insertNotification } from '../../delivery/notification-store.ts';

interface DueReminder {
  readonly id: string;
  readonly title: string;
  readonly remind_at: string;
  readonly due_at: string | null;
}

/** As many as one look may give; the next look, a second later, goes on. */
const batchSize = 50;

/** Open activities whose reminder is due and was not given, the oldest first. */
function dueReminders(db: Reader, now: string): DueReminder[] {
  return db.all<DueReminder>(
    // Word for word what the index is for.
    `SELECT id, title, remind_at, due_at FROM activities
       WHERE remind_at IS NOT NULL AND reminded_for IS NOT remind_at AND completed_at IS NULL
         AND deleted_at IS NULL AND remind_at <= ?
       ORDER BY remind_at LIMIT ?`,
    now,
    batchSize,
  );
}

/**
 * Puts what is due into the Inbox, from where it is shown, and marks it in the same transaction: none is given twice,
 * and one that fell due while nothing ran is given at the next start. Meant to be called again and again.
 *
 * @param now ISO text
 * @returns how many were given
 */
export function giveReminders(reader: Reader, committer: Committer, now: string): number {
  if (dueReminders(reader, now).length === 0) return 0;
  return committer.commit({ kind: 'user' }, (unit) => {
    const due = dueReminders(unit.db, now);
    for (const { id, title, remind_at: at, due_at: dueAt } of due) {
      unit.db.run('UPDATE activities SET reminded_for = ? WHERE id = ?', at, id);
      const notification = insertNotification(unit, {
        title,
        message: dueAt === null ? 'Reminder' : `Reminder: due ${inWords(dueAt, unit.timeZone)}`,
        urgency: 'normal',
        record: { object: 'task', id },
        workflow_id: null,
        execution_id: null,
      });
      unit.touch('notification', notification);
    }
    return due.length;
  });
}

function inWords(instant: string, timeZone: string): string {
  const ms = Date.parse(instant);
  // A time that SQL made unreadable is told as it stands.
  if (!Number.isFinite(ms)) return instant;
  return new Intl.DateTimeFormat('en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(ms);
}
