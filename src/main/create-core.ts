import { createApi } from './api/router.ts';
import { giveReminders } from './crm/activities/reminders.ts';
import { BinService } from './crm/bin/bin-service.ts';
import { insertFirstRows } from './db/first-rows.ts';
import { ExecutorLock } from './db/executor-lock.ts';
import type { Connection } from './db/handle.ts';
import { openDatabase } from './db/open-database.ts';
import { Committer } from './db/unit-of-work.ts';
import { NotificationDelivery } from './delivery/notification-delivery.ts';
import { EventBus } from './events/event-bus.ts';
import { ExecutorRight } from './executor-host.ts';
import type { Cancel, Ports } from './ports.ts';
import { SessionStore } from './api/session-store.ts';
import { Dispatcher } from './workflow/executor/dispatcher.ts';
import { WorkflowCatalog } from './workflow/executor/workflow-catalog.ts';

/** How often the file is looked at for what other programs wrote, and the lock tried, in milliseconds. */
const pollMs = 1_000;

export interface Core {
  /** Begins to execute workflows, at once when no other program does. Safe to call twice. */
  start(): void;
  /** Ends the slice at work, closes the file and gives the lock back. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves when every committed event was dispatched and every notification shown. */
  idle(): Promise<void>;
  /** The API, to be mounted on a transport. */
  readonly router: ReturnType<typeof createApi>;
  readonly sessions: SessionStore;
  /** Opens units of work: for what loads data beside the API, many records in one commit. */
  readonly committer: Committer;
}

/**
 * Builds the CRM core on a data folder. Opens, and if need be makes or migrates, the file; executes nothing before
 * `start`.
 *
 * @param connection to the file of `ports.dataDir`, when the caller opened it; the core closes it
 * @throws UserError when the folder or the file cannot be used; its message says what to do
 */
export function createCore(ports: Ports, connection = openDatabase(ports.dataDir)): Core {
  const { clock, ids, logger, notifier, dataDir } = ports;
  try {
    return assemble(connection, ports);
  } catch (error) {
    connection.sqlite.close();
    throw error;
  }

  function assemble({ reader }: Connection, { host }: Ports): Core {
    const bus = new EventBus(logger);
    const committer = new Committer(connection, clock, ids, bus);
    committer.commit({ kind: 'user' }, insertFirstRows);
    const catalog = new WorkflowCatalog(connection, logger, () =>
      bus.emit('changed_outside', null),
    );
    const right = new ExecutorRight(
      new ExecutorLock(dataDir),
      reader,
      committer,
      logger,
      host.label,
    );
    const delivery = new NotificationDelivery({ reader, committer, clock, logger, notifier });
    const dispatcher = new Dispatcher({
      reader,
      committer,
      catalog,
      clock,
      logger,
      afterCommit: () => delivery.wake(),
    });
    const bin = new BinService({ connection, committer, clock });
    const sessions = new SessionStore(reader, committer);
    const router = createApi({
      ports,
      connection,
      committer,
      bus,
      catalog,
      right,
      bin,
      wake: () => dispatcher.wake(),
    });
    const cancels: Cancel[] = [];
    let state: 'new' | 'running' | 'stopped' = 'new';

    function takeOver(): void {
      if (right.isHeld || !right.tryTake()) return;
      catalog.invalidate();
      dispatcher.start();
      delivery.wake();
    }

    function poll(): void {
      if (state !== 'running') return;
      try {
        takeOver();
        catalog.noticeOutsideChange();
        if (right.isHeld) {
          // Also catches what a failed dispatch left behind.
          dispatcher.wake();
          bin.tidy();
          const now = new Date(clock.now()).toISOString();
          if (giveReminders(reader, committer, now) > 0) delivery.wake();
        }
      } catch (error) {
        logger.error(
          `Workflow trigger error: the file could not be read: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      cancels[0] = clock.after(pollMs, poll);
    }

    return {
      router,
      sessions,
      committer,
      start() {
        if (state !== 'new') return;
        state = 'running';
        cancels.push(
          () => undefined,
          bus.on('committed', ({ events }) => {
            if (events > 0) dispatcher.wake();
          }),
        );
        poll();
      },
      async stop() {
        if (state === 'stopped') return;
        state = 'stopped';
        for (const cancel of cancels) cancel();
        dispatcher.stop();
        await delivery.stop();
        right.release();
        connection.sqlite.close();
      },
      async idle() {
        await dispatcher.idle();
        await delivery.idle();
      },
    };
  }
}
