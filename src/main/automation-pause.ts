import type { Reader } from './db/handle.ts';
import type { UnitOfWork } from './db/unit-of-work.ts';

const key = 'automation_paused';

/**
 * Whether the user holds all automation back: events are written and wait, waits may become due, and nothing is carried
 * out or sent until it goes on. Kept in the file, so that no restart and no other program goes on by itself.
 */
export function isAutomationPaused(db: Reader): boolean {
  return db.remember(
    'file_settings',
    key,
    () => db.get('SELECT 1 FROM file_settings WHERE key = ? AND value = ?', key, '1') !== undefined,
  );
}

export function setAutomationPaused(unit: UnitOfWork, isPaused: boolean): void {
  if (isPaused) {
    unit.db.run("INSERT OR REPLACE INTO file_settings (key, value) VALUES (?, '1')", key);
  } else {
    unit.db.run('DELETE FROM file_settings WHERE key = ?', key);
  }
  unit.touch('settings', key);
}
