import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { type Core, createCore } from '../../src/main/create-core.ts';
import { databaseFileName } from '../../src/main/db/open-database.ts';
import type {
  LocalSettings,
  NativeNotification,
  NotificationAnswer,
  Notifier,
  Ports,
  RestSwitch,
} from '../../src/main/ports.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeHttpClient, FakeMailer, fakeSecrets } from './fake-delivery.ts';
import { sequentialIds } from './sequential-ids.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A notifier that remembers what it was asked to show, and fails while told to. */
export class FakeNotifier implements Notifier {
  readonly shown: NativeNotification[] = [];
  failure: Error | null = null;

  private readonly answers: ((answer: NotificationAnswer) => void)[] = [];

  async show(
    notification: NativeNotification,
    answered: (answer: NotificationAnswer) => void,
  ): Promise<void> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
    this.shown.push(notification);
    this.answers.push(answered);
  }

  /** Presses a button of the notification that was shown last. */
  answer(answer: NotificationAnswer): void {
    this.answers.at(-1)?.(answer);
  }
}

export const defaultSettings: LocalSettings = {
  theme: 'system',
  language: 'en',
  rest_enabled: false,
  rest_port: 8_000,
  backup_dir: null,
  keep_in_tray: null,
  seen_version: null,
};

const switchedOff = { enabled: false, can_switch: false, port: 8_000, url: null, error: null };

/** A core that no program reaches over HTTP. */
export const noRest: RestSwitch = {
  state: () => switchedOff,
  change: () => Promise.resolve(switchedOff),
};

export class FakeLogger {
  readonly infos: string[] = [];
  readonly errors: string[] = [];

  info(message: string): void {
    this.infos.push(message);
  }

  error(message: string): void {
    this.errors.push(message);
  }
}

function clientOf(core: Core) {
  return createRouterClient(core.router, { context: { actor: { kind: 'user' } } });
}

export interface TestCore {
  readonly core: Core;
  /** The API in process, as one of our own screens would call it. */
  readonly client: ReturnType<typeof clientOf>;
  readonly clock: FakeClock;
  readonly logger: FakeLogger;
  readonly notifier: FakeNotifier;
  readonly http: FakeHttpClient;
  readonly mailer: FakeMailer;
  readonly dataDir: string;
  /** A connection of another program on the same file. */
  readonly outside: Database.Database;
  /** Runs until every committed event was dispatched and every notification offered; time does not move. */
  readonly settle: () => Promise<void>;
}

export interface TestCoreOptions {
  /** Default: a new temporary folder. */
  readonly dataDir?: string;
  readonly clock?: FakeClock;
  readonly notifier?: FakeNotifier;
  readonly http?: FakeHttpClient;
  readonly mailer?: FakeMailer;
  /** Shows notifications in its place, where a test wants the real thing. */
  readonly showWith?: Notifier;
  /** Tells the ids of several cores on one file apart. */
  readonly source?: number;
  /** Default: none, and no backups are made. */
  readonly backupDir?: string;
  /** A thread for rehearsals; default: none, they run in the test's own. */
  readonly startRehearsal?: Ports['startRehearsal'];
  /** False: the core serves and was not told to execute. */
  readonly start?: boolean;
}

/** The core on a real file, with time, ids, notifications and the log in the test's hand. Ends with the test. */
export function createTestCore(options: TestCoreOptions = {}): TestCore {
  const dataDir = options.dataDir ?? temporaryFolder();
  const clock = options.clock ?? new FakeClock();
  const notifier = options.notifier ?? new FakeNotifier();
  const http = options.http ?? new FakeHttpClient();
  const mailer = options.mailer ?? new FakeMailer();
  const logger = new FakeLogger();
  const source = options.source ?? 0;
  let settings: LocalSettings = defaultSettings;
  const ports: Ports = {
    clock,
    ids: sequentialIds(source),
    logger,
    notifier: options.showWith ?? notifier,
    settings: {
      read: () => settings,
      write: (patch) => {
        settings = { ...settings, ...patch };
      },
    },
    mailer,
    http,
    secrets: fakeSecrets(),
    rest: noRest,
    host: {
      kind: 'server',
      version: '0.0.0-test',
      system: 'a test',
      label: `Test core ${source}`,
    },
    dataDir,
    backupDir: options.backupDir ?? null,
    ...(options.startRehearsal ? { startRehearsal: options.startRehearsal } : {}),
  };
  const core = createCore(ports);
  const outside = new Database(join(dataDir, databaseFileName));
  onTestFinished(async () => {
    outside.close();
    await core.stop();
  });
  if (options.start !== false) core.start();
  return {
    core,
    client: clientOf(core),
    clock,
    logger,
    notifier,
    http,
    mailer,
    dataDir,
    outside,
    async settle() {
      const idle = core.idle().then(() => true);
      // What comes back from outside asks for turns of the clock again.
      const turn = async (): Promise<boolean> => {
        clock.runToIdle();
        return new Promise((resolve) => setImmediate(() => resolve(false)));
      };
      let isIdle = false;
      while (!isIdle) isIdle = await Promise.race([idle, turn()]);
    },
  };
}
