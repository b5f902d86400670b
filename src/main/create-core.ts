import { BackgroundWork } from './background-work.ts';
import { createApi } from './api/router.ts';
import { dateOf, startOfDate } from '../shared/workflow/relative-date.ts';
import { isAutomationPaused, setAutomationPaused } from './automation-pause.ts';
import { type AutomationStatus, readAutomationStatus } from './automation-status.ts';
import { backUpBeforeMigration } from './backup/before-migration.ts';
import { Backups } from './backup/backups.ts';
import { isEmptyFile } from './crm/sample-data/load-sample-data.ts';
import { giveReminders } from './crm/activities/reminders.ts';
import { BinService } from './crm/bin/bin-service.ts';
import { insertFirstRows } from './db/first-rows.ts';
import { ExecutorLock } from './db/executor-lock.ts';
import { Checkpoints } from './db/checkpoints.ts';
import type { Connection } from './db/handle.ts';
import { CallTimes } from './diagnostics/call-times.ts';
import { RecentErrors } from './diagnostics/recent-errors.ts';
import { openDatabase } from './db/open-database.ts';
import { Committer } from './db/unit-of-work.ts';
import { Network } from './delivery/connection-log.ts';
import { NotificationDelivery } from './delivery/notification-delivery.ts';
import { Sender } from './delivery/sender.ts';
import { EventBus } from './events/event-bus.ts';
import { ExecutorRight } from './executor-host.ts';
import { pruneHistory } from './history/prune-history.ts';
import { messageOf } from './errors.ts';
import type { Cancel, Ports } from './ports.ts';
import { inlineReaders } from './readers/inline-readers.ts';
import { threadedReaders } from './readers/threaded-readers.ts';
import { SessionStore } from './api/session-store.ts';
import { hasHeldRuns } from './workflow/store/pause-store.ts';
import { TokenStore } from './api/token-store.ts';
import { type HookAnswer, type IncomingHook, receiveHook } from './delivery/hooks/receive-hook.ts';
import { Dispatcher } from './workflow/executor/dispatcher.ts';
import { sweepCopies } from './workflow/rehearse/snapshot-copy.ts';
import { keepPauses } from './workflow/executor/pause-keeper.ts';
import { Presence } from './workflow/executor/presence.ts';
import { TimedTriggers } from './workflow/executor/timed-triggers.ts';
import { WorkflowCatalog } from './workflow/executor/workflow-catalog.ts';

/** How often history is held against its budget, in milliseconds; the first time so long after the start. */
const historyLookMs = 3_600_000;

/** How often the file is looked at for what other programs wrote, and the lock tried, in milliseconds. */
const pollMs = 1_000;

export interface Core {
  /** Begins to execute workflows, at once when no other program does. Safe to call twice. */
  start(): void;
  /**
   * The machine woke from sleep, or its clock was changed: looks at once for what is due now. Without it the poll finds
   * it within a second.
   */
  timeMayHaveMoved(): void;
  /** Ends the slice at work, closes the file and gives the lock back. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves when every committed event was dispatched, every notification shown, and nothing is being sent. */
  idle(): Promise<void>;
  /** The API, to be mounted on a transport. */
  readonly router: ReturnType<typeof createApi>;
  readonly sessions: SessionStore;
  readonly backups: Backups;
  /** For what a host shows beside its window. */
  readonly automation: {
    status(): AutomationStatus;
    setPaused(isPaused: boolean): void;
    /** Calls after each change that may have moved the status. */
    onChange(run: () => void): Cancel;
  };
  /** Opens units of work: for what loads data beside the API, many records in one commit. */
  readonly committer: Committer;
  readonly tokens: TokenStore;
  /** A call of a workflow's own address. */
  readonly receiveHook: (call: IncomingHook) => HookAnswer;
}

/** @throws UserError when the file cannot be opened, or has to be migrated and cannot be backed up first */
function openWithBackup({ settings, dataDir, backupDir, clock }: Ports): Connection {
  return openDatabase(dataDir, (path) => {
    // A program that makes no backups does not migrate without one either.
    const folder = backupDir === null ? dataDir : (settings.read().backup_dir ?? backupDir);
    backUpBeforeMigration(path, folder, clock.now());
  });
}

/**
 * Builds the CRM core on a data folder. Opens, and if need be makes or migrates, the file; executes nothing before
 * `start`.
 *
 * @param opened a connection to the file of `given.dataDir`, when the caller opened it; the core closes it
 * @throws UserError when the folder or the file cannot be used; its message says what to do
 */
export function createCore(given: Ports, opened?: Connection): Core {
  const { clock } = given;
  const startedAt = clock.elapsed();
  const errors = new RecentErrors(clock);
  const ports: Ports = { ...given, logger: errors.noting(given.logger) };
  const connection = opened ?? openWithBackup(ports);
  const { ids, logger, notifier, mailer, http, secrets, settings, dataDir, backupDir } = ports;
  try {
    return assemble(connection, ports);
  } catch (error) {
    connection.sqlite.close();
    throw error;
  }

  function assemble({ reader }: Connection, { host, startReader }: Ports): Core {
    const bus = new EventBus(logger);
    const committer = new Committer(connection, clock, ids, bus, ports.failpoint);
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
    const presence = new Presence(clock);
    const mayRun = (): boolean => !committer.isHeld && !isAutomationPaused(reader);
    const dispatcher = new Dispatcher({
      timed: new TimedTriggers(clock, presence),
      presence,
      reader,
      committer,
      catalog,
      clock,
      logger,
      mayRun,
      afterCommit: ({ touched }) => {
        if (touched.some(({ topic }) => topic === 'notification')) delivery.wake();
      },
    });
    const backups = new Backups({
      reader,
      committer,
      bus,
      clock,
      logger,
      settings,
      dataDir,
      backupDir,
      isEmpty: () => isEmptyFile(reader),
    });
    const network = new Network(reader, committer);
    const sender = new Sender({
      reader,
      committer,
      clock,
      logger,
      mailer,
      http,
      secrets,
      network,
      maySend: mayRun,
      afterSettling: () => dispatcher.wake(),
    });
    const wakeAll = (): void => {
      dispatcher.lookAtTime();
      sender.wake();
    };
    const pauses = new BackgroundWork({
      clock,
      logger,
      name: 'The runs of paused workflows could not be held or let go',
      hasWork: () => hasHeldRuns(reader),
      work: () => keepPauses({ reader, committer, thawed: wakeAll }),
    });
    const bin = new BinService({ connection, committer, clock });
    let historyLookedAt = clock.elapsed();
    const history = new BackgroundWork({
      clock,
      logger,
      name: 'The history could not be brought within its budget',
      hasWork: () => clock.elapsed() - historyLookedAt >= historyLookMs,
      *work() {
        historyLookedAt = clock.elapsed();
        yield* pruneHistory({ connection, committer, clock });
      },
    });
    const sessions = new SessionStore(reader, committer);
    const fallback = inlineReaders(reader);
    const readers = startReader
      ? threadedReaders({ start: startReader, dataDir, logger, fallback })
      : fallback;
    const tokens = new TokenStore(reader, committer, clock);
    const at = clock.elapsed();
    const router = createApi({
      ports,
      connection,
      committer,
      readers,
      bus,
      catalog,
      right,
      network,
      backups,
      bin,
      tokens,
      calls: new CallTimes(clock),
      errors,
      opened: { at, took: at - startedAt },
      wake: () => dispatcher.lookAtTime(),
      wakeAll,
      networkChanged: () => sender.networkChanged(),
      pauses,
    });
    const thread = ports.startCheckpoints?.(connection.sqlite.name);
    const checkpoints = thread ? new Checkpoints(connection, clock, logger, thread) : null;
    bus.on('committed', () => checkpoints?.wake());
    const cancels: Cancel[] = [];
    let state: 'new' | 'running' | 'stopped' = 'new';

    function takeOver(): void {
      if (right.isHeld || !right.tryTake()) return;
      catalog.invalidate();
      presence.begin(reader);
      sweepCopies(dataDir);
      dispatcher.start();
      delivery.wake();
      pauses.start();
      sender.start();
      history.start();
    }

    function poll(): void {
      if (state !== 'running') return;
      try {
        takeOver();
        catalog.noticeOutsideChange();
        if (right.isHeld) {
          // Also catches what a failed dispatch left behind.
          dispatcher.lookAtTime();
          delivery.wakeIfDue();
          bin.tidy();
          sender.poll();
          backups.tick();
          history.wake();
          const now = new Date(clock.now()).toISOString();
          if (giveReminders(reader, committer, now) > 0) delivery.wake();
        }
      } catch (error) {
        logger.error(`Workflow trigger error: the file could not be read: ${messageOf(error)}`);
      }
      cancels[0]?.();
      cancels[0] = clock.after(pollMs, poll);
    }

    function leaveOff(): void {
      try {
        committer.commit({ kind: 'user' }, (unit) => dispatcher.leaveOff(unit));
      } catch (error) {
        // The last note is at most a minute old; that must not keep the program from ending.
        logger.error(`The end of the executor could not be noted: ${messageOf(error)}`);
      }
    }

    return {
      router,
      sessions,
      backups,
      automation: {
        status() {
          const zone = clock.timeZone();
          const midnight = startOfDate(dateOf(clock.now(), zone), zone);
          return readAutomationStatus(reader, new Date(midnight).toISOString());
        },
        setPaused(isPaused) {
          committer.commit({ kind: 'user' }, (unit) => setAutomationPaused(unit, isPaused));
          wakeAll();
        },
        onChange(run) {
          const offs = [bus.on('committed', run), bus.on('changed_outside', run)];
          return () => {
            for (const off of offs) off();
          };
        },
      },
      committer,
      tokens,
      receiveHook: (call) => receiveHook(committer, call),
      start() {
        if (state !== 'new') return;
        state = 'running';
        // The first start of all: nothing is news to somebody who knows nothing of it yet.
        if (settings.read().seen_version === null) settings.write({ seen_version: host.version });
        cancels.push(
          () => undefined,
          bus.on('committed', ({ events, touched }) => {
            if (events > 0) dispatcher.wake(true);
            if (touched.some(({ topic }) => topic === 'delivery')) sender.wake();
          }),
          bus.on('changed_outside', () => pauses.wake()),
        );
        poll();
      },
      timeMayHaveMoved() {
        poll();
      },
      async stop() {
        if (state === 'stopped') return;
        state = 'stopped';
        for (const cancel of cancels) cancel();
        dispatcher.stop();
        await backups.settled();
        if (right.isHeld) leaveOff();
        await delivery.stop();
        pauses.stop();
        await sender.stop();
        history.stop();
        await checkpoints?.stop();
        await readers.stop();
        right.release();
        connection.sqlite.close();
      },
      async idle() {
        await pauses.idle();
        await history.idle();
        do {
          await sender.idle();
          await dispatcher.idle();
        } while (sender.isBusy);
        await delivery.idle();
      },
    };
  }
}
