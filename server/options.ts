import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ServerOptions {
  readonly dataDir: string;
  /** 0 asks the system for any free port. */
  readonly port: number;
  /** Null: read from the data folder, or made there. */
  readonly token: string | null;
}

const defaultPort = 8000;

type Environment = Readonly<Record<string, string | undefined>>;

function defaultDataDir(platform: NodeJS.Platform, environment: Environment): string {
  const home = homedir();
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Trellis');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Trellis');
  return join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Trellis');
}

function given(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

function readArguments(args: readonly string[]) {
  const options = {
    'data-dir': { type: 'string' },
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
  const dataDir = given(values['data-dir']) ?? given(environment['TRELLIS_DATA_DIR']);
  return {
    dataDir: resolve(dataDir ?? defaultDataDir(platform, environment)),
    port,
    token: given(values.token) ?? given(environment['TRELLIS_TOKEN']),
  };
}
