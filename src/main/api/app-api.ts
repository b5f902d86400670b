import { EventPublisher } from '@orpc/server';
import { isAutomationPaused, setAutomationPaused } from '../automation-pause.ts';
import type { LiveMessage } from '../../shared/contract/app.ts';
import { currencyCodes } from '../../shared/model/money.ts';
import { addRelativeDate, dateOf, startOfDate } from '../../shared/workflow/relative-date.ts';
import { loadSampleData, isEmptyFile } from '../crm/sample-data/load-sample-data.ts';
import {
  defaultCurrency,
  localUser,
  quietHours,
  updateFileSettings,
  weekStart,
} from '../crm/settings/file-settings.ts';
import { workingCalendar } from '../crm/settings/working-calendar.ts';
import { readNetworkSettings, writeNetworkSettings } from '../crm/settings/network-settings.ts';
import { historyBudget } from '../history/history-budget.ts';
import { measureHistory } from '../history/history-store.ts';
import type { EventBus } from '../events/event-bus.ts';
import { isMarkedDamaged } from '../db/damage.ts';
import type { Reader } from '../db/handle.ts';
import {
  findNotification,
  listNotifications,
  markAllRead,
  markRead,
  restore,
} from '../delivery/notification-store.ts';
import { finishNotification, snoozeFor } from '../delivery/answer-notification.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function appProcedures(os: ReturnType<typeof createBase>, parts: ApiParts) {
  const { ports, connection, committer, readers, bus, right, catalog, networkChanged } = parts;
  const { clock, host, settings } = ports;
  const { reader } = connection;
  const publisher = livePublisher(bus, reader);

  const readSettings = () => {
    const { name, email } = localUser(reader);
    const budget = historyBudget(reader);
    const calendar = workingCalendar(reader);
    const { theme, language } = settings.read();
    return {
      theme,
      language,
      currency: defaultCurrency(reader),
      week_start: weekStart(reader),
      user_name: name,
      user_email: email,
      time_zone: calendar.time_zone,
      holidays: [...calendar.holidays].toSorted((a, b) => a.localeCompare(b)),
      history_days: budget.days,
      history_megabytes: budget.megabytes,
      quiet_hours: quietHours(reader),
      ...readNetworkSettings(reader),
    };
  };
  const updatedFrom = (): string | null => {
    const { seen_version: seen } = settings.read();
    return seen === host.version ? null : seen;
  };
  /** The last instant of the user's day, ISO text. */
  const endOfToday = (): string => {
    const zone = clock.timeZone();
    const start = startOfDate(dateOf(clock.now(), zone), zone);
    return new Date(addRelativeDate(start, { amount: 1, unit: 'day' }, zone)).toISOString();
  };

  return {
    notifications: {
      list: os.notifications.list.handler(({ input }) => listNotifications(reader, input ?? {})),
      mark_read: os.notifications.mark_read.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => markRead(unit, input.id)),
      ),
      mark_all_read: os.notifications.mark_all_read.handler(({ context }) => ({
        count: committer.commit(context.actor, markAllRead),
      })),
      snooze: os.notifications.snooze.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => snoozeFor(unit, input.id, input.for)),
      ),
      mark_done: os.notifications.mark_done.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => finishNotification(unit, input.id)),
      ),
      restore: os.notifications.restore.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => restore(unit, input.id)),
      ),
    },
    settings: {
      get: os.settings.get.handler(readSettings),
      update: os.settings.update.handler(({ input, context }) => {
        const { theme, language, no_network, mail_hold_seconds, ...inFile } = input;
        committer.commit(context.actor, (unit) => {
          updateFileSettings(unit, inFile);
          writeNetworkSettings(unit, { no_network, mail_hold_seconds });
        });
        if (no_network !== undefined) networkChanged();
        settings.write({
          ...(theme === undefined ? {} : { theme }),
          ...(language === undefined ? {} : { language }),
        });
        return readSettings();
      }),
    },
    system: {
      health: os.system.health.handler(() => ({
        status: 'ok' as const,
        version: host.version,
        executor: right.describe(),
      })),
      info: os.system.info.handler(() => ({
        version: host.version,
        host: host.kind,
        data_dir: ports.dataDir,
        sqlite_version:
          reader.get<{ version: string }>('SELECT sqlite_version() AS version')?.version ?? '',
        time_zone: clock.timeZone(),
        currencies: [...currencyCodes()],
        executor: right.describe(),
        automation_paused: isAutomationPaused(reader),
        updated_from: updatedFrom(),
        is_damaged: isMarkedDamaged(ports.dataDir),
        is_empty: isEmptyFile(reader),
      })),
      pause_automation: os.system.pause_automation.handler(({ input, context }) => {
        committer.commit(context.actor, (unit) => setAutomationPaused(unit, input.paused));
        parts.wakeAll();
        return null;
      }),
      note_version: os.system.note_version.handler(() => {
        settings.write({ seen_version: host.version });
        return null;
      }),
      history: os.system.history.handler(() => {
        const { bytes, events, runs, first } = measureHistory(reader);
        return { bytes, events, runs, oldest_at: first?.at ?? null };
      }),
      load_sample_data: os.system.load_sample_data.handler(() => {
        catalog.invalidate();
        return committer.commit({ kind: 'sample_data' }, loadSampleData);
      }),
    },
    home: {
      counts: os.home.counts.handler(({ signal }) =>
        readers.run(
          'home.counts',
          { endOfToday: endOfToday(), now: new Date(clock.now()).toISOString() },
          signal,
        ),
      ),
      runs_since: os.home.runs_since.handler(({ input, signal }) =>
        readers.run('home.runs_since', { since: new Date(input.since).toISOString() }, signal),
      ),
      summary: os.home.summary.handler(({ signal }) =>
        readers.run(
          'home.summary',
          {
            now: clock.now(),
            endOfToday: endOfToday(),
            timeZone: workingCalendar(reader).time_zone ?? clock.timeZone(),
          },
          signal,
        ),
      ),
    },
    live: {
      changes: os.live.changes.handler(async function* ({ signal }) {
        const messages = publisher.subscribe('message', signal ? { signal } : {});
        yield { kind: 'hello' as const };
        yield* messages;
      }),
    },
  };
}

/** Tells every open screen what changed, once per commit. */
function livePublisher(bus: EventBus, reader: Reader): EventPublisher<{ message: LiveMessage }> {
  const publisher = new EventPublisher<{ message: LiveMessage }>({ maxBufferedEvents: 1_000 });
  bus.on('changed_outside', () => publisher.publish('message', { kind: 'all' }));
  bus.on('committed', ({ touched }) => {
    if (touched.length === 0) return;
    publisher.publish('message', {
      kind: 'changed',
      changes: touched.map(({ topic, id }) => ({ topic, id })),
    });
    for (const { topic, id } of touched) {
      if (topic !== 'notification') continue;
      const notification = findNotification(reader, id);
      // One that grew was told of when it was new.
      if (!notification || notification.read_at !== null || notification.count > 1) continue;
      const { title, message } = notification;
      publisher.publish('message', { kind: 'notified', id, title, message });
    }
  });
  return publisher;
}
