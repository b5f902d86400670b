import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Damage, Repair } from '../../shared/contract/recovery.ts';
import { clearDamageMark, type DamagedFileError, markDamaged } from '../db/damage.ts';
import { ExecutorLock } from '../db/executor-lock.ts';
import { databaseFileName } from '../db/open-database.ts';
import { invalid, notFound, UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { listBackups } from './list-backups.ts';
import { runJob } from './run-job.ts';

/** Repairs a file that could not be opened. Nothing else works on it meanwhile. */
export class Recovery {
  private readonly ports: Ports;
  private readonly damage: DamagedFileError;
  private readonly live: string;
  private readonly folder: string | null;
  private repairing = false;
  private announceRepair: () => void = () => undefined;
  /** Resolves when there is a sound file to open. */
  readonly repaired: Promise<void>;

  constructor(ports: Ports, damage: DamagedFileError) {
    this.ports = ports;
    this.damage = damage;
    this.live = join(ports.dataDir, databaseFileName);
    this.folder =
      ports.backupDir === null ? null : (ports.settings.read().backup_dir ?? ports.backupDir);
    this.repaired = new Promise((resolve) => {
      this.announceRepair = resolve;
    });
    // A program that ends before the repair is done finds the damage again.
    markDamaged(ports.dataDir);
  }

  state(): Damage {
    return { file: this.live, reason: this.damage.message, backups: listBackups(this.folder) };
  }

  /**
   * @param file name of the backup to start from; null: only what can be read of the damaged file
   * @throws UserError when the backup is not sound, the passphrase not its own, or another program has the file open
   */
  async repair(file: string | null, passphrase: string | null): Promise<Repair> {
    if (this.repairing) throw new UserError('conflict', 'The file is being repaired already.');
    this.repairing = true;
    const lock = new ExecutorLock(this.ports.dataDir);
    const scratch = join(this.ports.dataDir, 'repairing');
    try {
      if (!lock.tryAcquire()) {
        throw new UserError(
          'conflict',
          'Another Trellis has this file open. Close it and try again.',
        );
      }
      rmSync(scratch, { recursive: true, force: true });
      mkdirSync(scratch, { mode: 0o700 });
      const base = this.base(file, passphrase, scratch);
      // Worked on as a copy: reading a file with a log may write to it.
      const damaged = join(scratch, 'damaged.db');
      copyWithLog(this.live, damaged);
      const to = join(scratch, 'repaired.db');
      const report = await runJob({ kind: 'salvage', order: { damaged, base, to } });
      const keptAs = this.exchange(to);
      this.ports.logger.info(`${this.live} was repaired; the damaged file is ${keptAs}`);
      this.announceRepair();
      return { ...report, tables: [...report.tables], kept_as: keptAs };
    } finally {
      lock.release();
      rmSync(scratch, { recursive: true, force: true });
      this.repairing = false;
    }
  }

  private base(file: string | null, passphrase: string | null, scratch: string) {
    if (file === null) return null;
    const known = listBackups(this.folder).find((backup) => backup.file === file);
    if (known === undefined || this.folder === null) throw notFound('backup', file);
    if (known.is_sealed && passphrase === null) {
      throw invalid('passphrase', 'This backup is sealed. Type the passphrase it was made with.');
    }
    return {
      backup: join(this.folder, file),
      passphrase: known.is_sealed ? passphrase : null,
      scratch: join(scratch, 'base'),
    };
  }

  /** The damaged file is kept whole; until the last line, a kill leaves it in place and marked. */
  private exchange(repaired: string): string {
    const stamp = new Date(this.ports.clock.now()).toISOString().slice(0, 19).replaceAll(':', '');
    const keptAs = `${this.live}.damaged-${stamp}Z`;
    copyWithLog(this.live, keptAs);
    // The log goes first: SQLite would play what is in it into the repaired file.
    rmSync(`${this.live}-wal`, { force: true });
    rmSync(`${this.live}-shm`, { force: true });
    renameSync(repaired, this.live);
    clearDamageMark(this.ports.dataDir);
    return keptAs;
  }
}

function copyWithLog(from: string, to: string): void {
  copyFileSync(from, to);
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
}
