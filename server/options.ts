import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { currentDataFolder, dataFolder, defaultBackupFolder } from '../hosts/data-folder.ts';

export interface ServerOptions {
  readonly dataDir: string;
  /** Null: no backups are made. */
  readonly backupDir: string | null;
  /** 0 asks the system for any free port. */
  readonly port: number;
  /** Null: read from the data folder, or made there. */
  readonly token: string | null;
}

const defaultPort = 8000;

type Environment = Readonly<Record<string, string | undefined>>;

function given(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function readArguments(args: readonly string[]) {
  const options = {
    'data-dir': { type: 'string' },
    'backup-dir': { type: 'string' },
    port: { type: 'string' },
    token: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node explains over several lines; a refusal to start is one.
    throw new Error(error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error), {
      cause: error,
    });
  }
}

/** @throws Error naming the option and its cure */
export function readOptions(
  args: readonly string[],
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): ServerOptions {
  const values = readArguments(args);
  const port = values.port === undefined ? defaultPort : Number(values.port);
  if (!/^\d{1,5}$/.test(values.port ?? '0') || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${values.port ?? ''}".`);
  }
  const dataDir = currentDataFolder(dataFolder(args, environment, platform));
  const backups = given(values['backup-dir']) ?? given(environment['TRELLIS_BACKUP_DIR']);
  return {
    dataDir,
    backupDir:
      backups === 'none'
        ? null
        : backups === null
          ? defaultBackupFolder(dataDir)
          : resolve(backups),
    port,
    token: given(values.token) ?? given(environment['TRELLIS_TOKEN']),
  };
}
