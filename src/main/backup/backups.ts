import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { dateOf } from '../../shared/workflow/relative-date.ts';
import { clearDamageMark, isDamage, markDamaged } from '../db/damage.ts';
import type { Reader } from '../db/handle.ts';
import type { Committer } from '../db/unit-of-work.ts';
import { databaseFileName } from '../db/open-database.ts';
import { invalid, messageOf, notFound, UserError } from '../errors.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Clock, Logger, SettingsStore } from '../ports.ts';
import { keySetting } from './before-migration.ts';
import { backupName, type BackupName, type BackupReason, parseBackupName } from './backup-name.ts';
import { CopyCancelled, type CopyOrder, unfinishedCopy } from './copy-file.ts';
import type { FileSummary } from './file-summary.ts';
import { listBackups, type StoredBackup } from './list-backups.ts';
import { expiredBackups } from './rotation.ts';
import { JobCancel, runJob } from './run-job.ts';
import { type BackupKey, backupKeySchema, isPassphraseOf, makeBackupKey } from './sealed-file.ts';

export interface BackupState {
  /** Null: this program makes none. */
  readonly folder: string | null;
  readonly is_sealed: boolean;
  /** What is being done at the moment. */
  readonly running: 'backup' | 'restore' | 'export' | 'move' | null;
  /** How much of the copy is written, from 0 to 1; null where it cannot be told. */
  readonly share: number | null;
  /** It was cancelled and ends with the part it is at. */
  readonly is_stopping: boolean;
  /** Why the last automatic backup could not be made; null when it could. */
  readonly last_failure: string | null;
}

export interface BackupParts {
  readonly reader: Reader;
  readonly committer: Committer;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: SettingsStore;
  readonly dataDir: string;
  /** Where backups go unless the settings say otherwise; null: none are made. */
  readonly backupDir: string | null;
  /** Whether the file holds anything yet. */
  readonly isEmpty: () => boolean;
}

/** Publishing again and again is one piece of work: it needs no copy each time, in milliseconds. */
const publishEvery = 60 * 60_000;

/** How often a copy in the making is looked at, in milliseconds. */
const lookEvery = 5;

/** How often what was copied so far is flushed, in milliseconds. */
const flushEvery = 100;

/** After a failure the morning's backup is tried again so much later, in milliseconds. */
const retryAfter = 10 * 60_000;

/** Makes, lists, rotates and restores backups. The work on the file is done in threads of its own. */
export class Backups {
  private readonly parts: BackupParts;
  private readonly live: string;
  private running: BackupState['running'] = null;
  /** The copy at work, and the way to stop it. */
  private copying: { readonly order: CopyOrder; readonly cancel: JobCancel } | null = null;
  private lastFailure: string | null = null;
  /** The backup at work; the next one waits for it. */
  private current: Promise<unknown> = Promise.resolve();
  /** Day of the last morning's backup, as `2026-11-24`. */
  private doneOn: string | null = null;
  private notBefore = 0;

  constructor(parts: BackupParts) {
    this.parts = parts;
    this.live = join(parts.dataDir, databaseFileName);
  }

  get folder(): string | null {
    const { settings, backupDir } = this.parts;
    return backupDir === null ? null : (settings.read().backup_dir ?? backupDir);
  }

  state(): BackupState {
    return {
      folder: this.folder,
      is_sealed: this.key() !== null,
      running: this.running,
      share: this.share(),
      is_stopping: this.copying?.cancel.isCancelled ?? false,
      last_failure: this.lastFailure,
    };
  }

  /**
   * Makes a backup of the file as it is now.
   *
   * @throws UserError `conflict` that says what is in the way: the folder, the disk, the file itself
   */
  async make(reason: BackupReason): Promise<StoredBackup> {
    return await this.begin(reason).finished;
  }

  /**
   * For what is about to change much of the file. Resolves as soon as the state before is safely being read; the copy
   * is completed while the change goes on. A backup that fails stops nobody's work: the failure is shown.
   */
  async before(reason: Extract<BackupReason, `before-${string}`>): Promise<void> {
    if (this.folder === null || this.parts.isEmpty() || this.running === 'restore') return;
    if (reason === 'before-publish' && this.hasFreshOne()) return;
    const { reading, finished } = this.begin(reason);
    finished.catch((error: unknown) => this.noteFailure(error));
    await reading;
  }

  /** The morning's backup, when there is none of today. Called often; costs nothing when there is. */
  tick(): void {
    const { clock } = this.parts;
    const now = clock.now();
    const today = dateOf(now, clock.timeZone());
    if (this.doneOn === today || this.running !== null || now < this.notBefore) return;
    if (this.folder === null || this.parts.isEmpty()) return;
    this.notBefore = now + retryAfter;
    const isOfToday = ({ reason, created_at: at }: BackupName): boolean =>
      reason === 'start-of-day' && dateOf(Date.parse(at), clock.timeZone()) === today;
    try {
      if (!listBackups(this.folder).some(isOfToday)) {
        void this.makeMorning(today);
        return;
      }
    } catch (error) {
      this.noteFailure(error);
      return;
    }
    this.doneOn = today;
  }

  private async makeMorning(today: string): Promise<void> {
    try {
      await this.begin('start-of-day').finished;
      this.doneOn = today;
    } catch (error) {
      // Whoever stopped it does not want it in ten minutes either.
      if (error instanceof CopyCancelled) this.doneOn = today;
      this.noteFailure(error);
    }
  }

  /** What is in a backup, after its check. */
  async preview(file: string, passphrase: string | null): Promise<FileSummary> {
    const opened = this.openable(file, passphrase);
    return await this.exclusively(() => runJob({ kind: 'preview', order: opened }));
  }

  /**
   * Puts a backup in the file's place, after a backup of what is there now. Automation is paused then. Every screen
   * and every other program that has the file open sees it change at once.
   */
  async restore(file: string, passphrase: string | null): Promise<void> {
    if (this.running === 'restore') {
      throw new UserError('conflict', 'A backup is being restored already. Wait for it to finish.');
    }
    const opened = this.openable(file, passphrase);
    const wasKept = await this.make('before-restore').then(
      () => true,
      (error: unknown) => {
        // A file that is damaged cannot be backed up, and is what a restore is for: it is kept as it is instead.
        this.parts.logger.error(`No backup before the restore: ${messageOf(error)}`);
        return false;
      },
    );
    await this.exclusively(async () => {
      const { committer, bus, logger } = this.parts;
      this.running = 'restore';
      const release = committer.hold('A backup is being restored. Try again in a moment.');
      try {
        if (!wasKept) this.keepAside();
        const order = { ...opened, live: this.live };
        const prepared = await runJob({ kind: 'prepare_restore', order });
        await runJob({ kind: 'replace', order: { prepared, live: this.live } });
        clearDamageMark(this.parts.dataDir);
        logger.info(`Restored ${file}; automation is paused`);
      } finally {
        rmSync(opened.scratch, { recursive: true, force: true });
        release();
        this.running = null;
        // Also for what the page itself shows of the file: nothing of it can be trusted now.
        bus.emit('changed_outside', null);
      }
    });
  }

  /**
   * Writes a copy of the whole file, readable by any SQLite program.
   *
   * @param path absolute, ending in `.db`, of a file that is not there yet
   */
  async exportTo(path: string): Promise<void> {
    if (!isAbsolute(path)) throw invalid('path', 'Give the whole path, from the top of the disk.');
    if (!path.endsWith('.db')) throw invalid('path', 'The name of the copy must end in .db.');
    if (existsSync(path)) throw invalid('path', `${path} exists already. Choose another name.`);
    await this.alone('export', (cancel) =>
      this.copy({ from: this.live, to: path, key: null }, cancel),
    );
  }

  /** Stops the copy that is being made, if any; nothing of it is left. A restore cannot be stopped. */
  cancel(): void {
    this.copying?.cancel.cancel();
    this.tellScreens();
  }

  /**
   * One piece of work on the whole file, and no other meanwhile.
   *
   * @param work is handed what tells it to stop
   */
  async alone<T>(
    kind: Exclude<BackupState['running'], 'restore' | null>,
    work: (cancel: JobCancel) => Promise<T>,
  ): Promise<T> {
    return await this.exclusively(async () => {
      this.running = kind;
      this.tellScreens();
      try {
        return await work(new JobCancel());
      } finally {
        this.running = null;
        this.tellScreens();
      }
    });
  }

  /** Copies the file whole, and looks whether the copy holds as much as the file. */
  async copyWhole(order: CopyOrder, cancel: JobCancel): Promise<void> {
    await this.copy(order, cancel);
    await runJob({ kind: 'compare', order: { from: order.from, to: order.to } });
    if (cancel.isCancelled) throw new CopyCancelled();
  }

  /** Uses another folder for backups from now on; those made so far stay where they are. */
  useFolder(path: string | null): void {
    const { settings, dataDir } = this.parts;
    if (path !== null) {
      if (!isAbsolute(path)) {
        throw invalid('folder', 'Give the whole path, from the top of the disk.');
      }
      const inside = relative(dataDir, path);
      if (
        inside === '' ||
        !(inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
      ) {
        throw invalid(
          'folder',
          'Choose a folder outside the data folder: what happens to one must not happen to both.',
        );
      }
      prepareFolder(path);
    }
    settings.write({ backup_dir: path });
    this.tellScreens();
  }

  /**
   * Seals backups from now on, or, with null, no longer.
   *
   * @param current the passphrase in use so far; needed to change or end it
   */
  usePassphrase(passphrase: string | null, current: string | null): void {
    const key = this.key();
    if (key !== null && !isPassphraseOf(key, current ?? '')) {
      throw invalid('current', 'This is not the passphrase in use. Type the one set before.');
    }
    this.parts.committer.commit({ kind: 'user' }, ({ db }) => {
      if (passphrase === null) db.run('DELETE FROM file_settings WHERE key = ?', keySetting);
      else {
        db.run(
          'INSERT OR REPLACE INTO file_settings (key, value) VALUES (?, ?)',
          keySetting,
          JSON.stringify(makeBackupKey(passphrase)),
        );
      }
    });
    this.tellScreens();
  }

  /** Resolves when nothing is being copied or restored. */
  async settled(): Promise<void> {
    await this.current.catch(() => undefined);
  }

  private begin(reason: BackupReason): {
    reading: Promise<void>;
    finished: Promise<StoredBackup>;
  } {
    const seen = { order: null as CopyOrder | null, over: false };
    const finished = this.alone('backup', async (cancel) => {
      const folder = this.folder ?? noFolder();
      const key = this.key();
      prepareFolder(folder);
      const taken = new Set(readdirSync(folder));
      const file = backupName(this.parts.clock.now(), reason, key !== null, taken);
      const order = { from: this.live, to: join(folder, file), key };
      seen.order = order;
      await this.copy(order, cancel);
      this.lastFailure = null;
      this.removeExpired(folder);
      const made = parseBackupName(file);
      if (made === null) throw new Error(`${file} is no name of a backup`);
      return { ...made, size_bytes: statSync(order.to).size };
    });
    const noteEnd = (): void => void (seen.over = true);
    const over = finished.then(noteEnd, noteEnd);
    return { reading: Promise.race([this.untilRead(seen), over]), finished };
  }

  private async copy(order: CopyOrder, cancel: JobCancel): Promise<void> {
    this.copying = { order, cancel };
    const stopFlushing = this.flushAsItGrows(unfinishedCopy(order));
    try {
      await runJob({ kind: 'copy', order }, cancel);
    } catch (error) {
      if (cancel.isCancelled) throw new CopyCancelled();
      // Each backup reads the whole file, so it is the first to meet a page that cannot be read.
      if (isDamage(error)) markDamaged(this.parts.dataDir);
      throw error;
    } finally {
      this.copying = null;
      stopFlushing();
    }
  }

  /**
   * Has the copy written to the disk bit by bit. Left to its end, hundreds of megabytes would be flushed at once, and
   * every commit of the live file would wait behind them.
   */
  private flushAsItGrows(path: string): () => void {
    const { clock } = this.parts;
    let isOver = false;
    let cancel = clock.after(flushEvery, next);

    async function flush(): Promise<void> {
      // Not there yet, or renamed already: the worker flushes it once more by itself.
      const file = await open(path, 'r+').catch(() => null);
      await file?.sync().catch(() => undefined);
      await file?.close();
    }

    function next(): void {
      void flush().finally(() => {
        if (!isOver) cancel = clock.after(flushEvery, next);
      });
    }

    return () => {
      isOver = true;
      cancel();
    };
  }

  /**
   * Resolves when the copy has its first page, or is over. VACUUM INTO begins its read transaction before it writes
   * anything, so what is committed from then on is not in the copy.
   */
  private async untilRead(seen: { order: CopyOrder | null; over: boolean }): Promise<void> {
    const { clock } = this.parts;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        const path = seen.order === null ? null : unfinishedCopy(seen.order);
        const size = path === null ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
        if (seen.over || size > 0) resolve();
        else clock.after(lookEvery, look);
      };
      look();
    });
  }

  /** By the size of the copy so far: it is at most as large as the file. */
  private share(): number | null {
    if (this.copying === null) return null;
    const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const whole = sizeOf(this.live);
    return whole === 0 ? null : Math.min(1, sizeOf(unfinishedCopy(this.copying.order)) / whole);
  }

  /** One piece of work on files at a time, in the order asked for. */
  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.current.then(work, work);
    this.current = turn.catch(() => undefined);
    return await turn;
  }

  private openable(file: string, passphrase: string | null) {
    const { folder } = this;
    // By its name in the list alone: a path from outside would read any file of the user's.
    const known = listBackups(this.folder).find((backup) => backup.file === file);
    if (folder === null || known === undefined) throw notFound('backup', file);
    if (known.is_sealed && passphrase === null) {
      throw invalid('passphrase', 'This backup is sealed. Type the passphrase it was made with.');
    }
    return {
      backup: join(folder, file),
      passphrase: known.is_sealed ? passphrase : null,
      scratch: join(this.parts.dataDir, 'restoring'),
    };
  }

  /** Nobody writes meanwhile, so the file and its log belong together. */
  private keepAside(): void {
    for (const ending of ['', '-wal']) {
      const path = this.live + ending;
      if (existsSync(path)) copyFileSync(path, `${this.live}.before-restore${ending}`);
    }
  }

  /** @throws Error when it was made unreadable: to go on would make open backups of what is to be sealed */
  private key(): BackupKey | null {
    const row = this.parts.reader.get<{ value: string }>(
      'SELECT value FROM file_settings WHERE key = ?',
      keySetting,
    );
    return row === undefined ? null : backupKeySchema.parse(JSON.parse(row.value));
  }

  private hasFreshOne(): boolean {
    const oldest = this.parts.clock.now() - publishEvery;
    return listBackups(this.folder).some(({ created_at: at }) => Date.parse(at) >= oldest);
  }

  private removeExpired(folder: string): void {
    for (const { file } of expiredBackups(listBackups(this.folder), this.parts.clock.timeZone())) {
      rmSync(join(folder, file), { force: true });
    }
  }

  private noteFailure(error: unknown): void {
    if (error instanceof CopyCancelled) return;
    this.lastFailure = messageOf(error);
    this.parts.logger.error(`A backup could not be made: ${this.lastFailure}`);
    this.tellScreens();
  }

  private tellScreens(): void {
    this.parts.bus.emit('committed', { events: 0, touched: [{ topic: 'backup', id: '' }] });
  }
}

function noFolder(): never {
  throw new UserError(
    'conflict',
    'This server was started without a folder for backups. Start it with --backup-dir DIR.',
  );
}

/** @throws UserError naming the folder when it cannot be made */
function prepareFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError(
      'conflict',
      `The folder for backups ${path} cannot be made (${messageOf(error)}). Choose another one, or connect its disk.`,
      { field: 'folder', cause: error },
    );
  }
}
