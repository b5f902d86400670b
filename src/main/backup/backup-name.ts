import { backupReasons } from '../../shared/contract/backups.ts';

/** Part of a backup's name, so that a folder of backups explains itself without Trellis. */
export type BackupReason = (typeof backupReasons)[number];

export interface BackupName {
  readonly file: string;
  /** ISO 8601 UTC, to the second. */
  readonly created_at: string;
  readonly reason: BackupReason;
  /** Whether it takes the passphrase to read it. */
  readonly is_sealed: boolean;
}

const pattern =
  /^trellis-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})Z-([a-z-]+?)(?:-\d+)?\.db(\.sealed)?$/u;

/** @param taken names that are in the folder already: two backups of one second must not be one file */
export function backupName(
  at: number,
  reason: BackupReason,
  isSealed: boolean,
  taken: ReadonlySet<string>,
): string {
  const [date, time = ''] = new Date(at).toISOString().split('T');
  const stem = `trellis-${date}T${time.slice(0, 8).replaceAll(':', '')}Z-${reason}`;
  const ending = isSealed ? '.db.sealed' : '.db';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem + ending : `${stem}-${number}${ending}`;
    if (!taken.has(name)) return name;
  }
}

/** @returns null for a file that is no backup of ours, which nothing here may touch */
export function parseBackupName(file: string): BackupName | null {
  const [, date, hour, minute, second, written, sealed] = pattern.exec(file) ?? [];
  const reason = backupReasons.find((known) => known === written);
  const created_at = `${date}T${hour}:${minute}:${second}.000Z`;
  if (reason === undefined || Number.isNaN(Date.parse(created_at))) return null;
  return { file, created_at, reason, is_sealed: sealed !== undefined };
}

/** Newest first; of one second the one numbered higher. */
export function newestFirst(a: BackupName, b: BackupName): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return b.file.localeCompare(a.file, 'en', { numeric: true });
}
