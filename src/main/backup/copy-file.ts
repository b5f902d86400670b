import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { UserError } from '../errors.ts';
import { type BackupKey, sealFile } from './sealed-file.ts';

/** Ending of a copy in the making: never taken for a backup, and swept away by the next one. */
const unfinished = '.unfinished';

export interface CopyOrder {
  /** The live file. */
  readonly from: string;
  /** The backup; must not exist. */
  readonly to: string;
  readonly key: BackupKey | null;
}

/** Nobody wants the copy any more. */
export class CopyCancelled extends UserError {
  constructor() {
    super('conflict', 'Stopped. No copy was made.');
  }
}

/** Where the open copy of an order is made: a sealed one leaves no open copy outside the data folder, even when killed. */
export function unfinishedCopy({ from, to, key }: CopyOrder): string {
  return join(dirname(key === null ? to : from), basename(to) + unfinished);
}

/**
 * Copies a file as it was when the reading began, while others write: `VACUUM INTO` is one read transaction, and its
 * result is whole, compact and without a log. It is checked, flushed to the disk, and only then gets its name.
 *
 * @param isCancelled asked between one part of the work and the next: SQLite lets no part be interrupted
 * @throws UserError `conflict` when the copy is not sound, which means that the file is not
 * @throws CopyCancelled when it was cancelled; nothing of the copy is left
 */
export function copyFile(order: CopyOrder, isCancelled: () => boolean = () => false): void {
  const goOn = (): void => {
    if (isCancelled()) throw new CopyCancelled();
  };
  const copy = unfinishedCopy(order);
  const sealed = `${order.to}${unfinished}-sealed`;
  rmSync(copy, { force: true });
  rmSync(sealed, { force: true });
  try {
    vacuumInto(order.from, copy);
    goOn();
    checkSound(copy);
    goOn();
    if (order.key === null) {
      flush(copy);
      finish(copy, order.to);
    } else {
      sealFile(copy, sealed, order.key);
      goOn();
      finish(sealed, order.to);
    }
  } finally {
    rmSync(copy, { force: true });
    rmSync(sealed, { force: true });
  }
}

function vacuumInto(from: string, to: string): void {
  const source = new Database(from, { readonly: true, timeout: 5_000 });
  try {
    source.prepare('VACUUM INTO ?').run(to);
  } finally {
    source.close();
  }
}

/** @throws UserError naming the file and the first thing that is wrong */
export function checkSound(path: string): void {
  const sqlite = new Database(path, { readonly: true });
  try {
    const [first] = sqlite.prepare('PRAGMA integrity_check(1)').pluck().all();
    if (first !== 'ok') throw new UserError('conflict', `${path} is damaged (${String(first)}).`);
  } finally {
    sqlite.close();
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function finish(from: string, to: string): void {
  // Rename replaces silently, and a backup is never written over.
  if (existsSync(to)) throw new UserError('conflict', `${to} exists already.`);
  renameSync(from, to);
}
