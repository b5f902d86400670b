import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BackupName, newestFirst, parseBackupName } from './backup-name.ts';

export interface StoredBackup extends BackupName {
  readonly size_bytes: number;
}

/** Newest first. A folder that is not there, or on a disk that is not connected, shows none. */
export function listBackups(folder: string | null): StoredBackup[] {
  if (folder === null) return [];
  return namesIn(folder)
    .map(parseBackupName)
    .filter((backup) => backup !== null)
    .toSorted(newestFirst)
    .flatMap((backup) => {
      const stats = statSync(join(folder, backup.file), { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ ...backup, size_bytes: stats.size }];
    });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Making a backup says what is wrong with it; a list has only what can be seen.
    return [];
  }
}
