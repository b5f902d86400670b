import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { nodeNotifier } from '../../hosts/node-notifier.ts';
import type { NativeNotification } from '../../src/main/ports.ts';
import type { ApiClient } from '../../src/shared/contract/index.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type RealTimeCore, realTimeCore } from '../support/real-time-core.ts';
import { createTestCore } from '../support/test-core.ts';
import { activeWorkflow } from '../support/workflows.ts';
import { NotificationDaemon, type Shown } from './notification-daemon.ts';

// The system's own way, with a real daemon where there is one to be had without a desktop: on Linux.
describe.skipIf(process.platform !== 'linux')('notifications on Linux', () => {
  let core: RealTimeCore;
  let client: ApiClient;

  beforeEach(() => {
    core = realTimeCore(nodeNotifier());
    client = createRouterClient(core.core.router, { context: { actor: { kind: 'user' } } });
  });

  afterEach(() => core.end());

  /** A workflow that tells of each new contact, and one new contact for each name. */
  async function tellOf(title: string, ...names: string[]): Promise<void> {
    await client.workflows.create({
      name: 'Tell',
      trigger_type: 'contact_created',
      status: 'active',
      actions: [{ type: 'send_notification', config: { title, message: 'A new contact' } }],
    });
    for (const first_name of names) await client.contacts.create({ first_name });
    await core.core.idle();
  }

  async function inbox(): Promise<string[]> {
    const { items } = await client.notifications.list();
    return items.map(({ title }) => title).toReversed();
  }

  describe('with a daemon', () => {
    let daemon: NotificationDaemon;

    beforeAll(async () => {
      daemon = await NotificationDaemon.start();
      for (const [name, value] of Object.entries(daemon.env)) vi.stubEnv(name, value);
    });

    afterAll(() => {
      vi.unstubAllEnvs();
      daemon.stop();
    });

    test('a workflow shows its notification, also with a title that looks like an option', async () => {
      await tellOf('{{contact_name}}', 'Ada', '--version', '-u low');
      const shown = daemon.shown().map(({ title }) => title);
      expect(shown).toEqual(['Ada', '\u200b--version', '\u200b-u low']);
      expect(await inbox()).toEqual(['Ada', '--version', '-u low']);
      expect(core.logger.errors).toEqual([]);
    });

    const shownAs: [string, Partial<NativeNotification>, Shown][] = [
      ['no message', { message: '' }, { title: 'Title', message: ' ' }],
      ['no title', { title: '' }, { title: 'Trellis', message: 'Message' }],
      [
        'a message like an option',
        { message: '--help' },
        { title: 'Title', message: '\u200b--help' },
      ],
      [
        'what a shell would run',
        { title: '$(id) `id` "; id', message: '$HOME' },
        { title: '$(id) `id` "; id', message: '$HOME' },
      ],
      [
        'backslashes and lines',
        { message: 'C:\\new\nnext' },
        { title: 'Title', message: 'C:\\new\nnext' },
      ],
      [
        'what is markup to the daemon',
        { title: 'R&D <b>', message: 'R&D <b>' },
        { title: 'R&D <b>', message: 'R&amp;D &lt;b&gt;' },
      ],
      [
        'control characters and two lines of title',
        { title: 'a\0b\nc', message: 'a\0b' },
        { title: 'ab c', message: 'ab' },
      ],
      [
        'more than a command can carry',
        { message: 'x'.repeat(300_000) },
        { title: 'Title', message: 'x'.repeat(2_000) },
      ],
    ];

    test('the history has exactly what was due: nothing of quiet hours, and after a restart what was put off', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'trellis-notified-'));
      const clock = new FakeClock();
      const sinceBefore = daemon.shown().length;
      const started = (source: number) => {
        const notifier = nodeNotifier();
        return createTestCore({ dataDir, clock, source, showWith: notifier });
      };
      const first = started(1);
      await activeWorkflow(first, 'contact_created', [
        { type: 'send_notification', config: { title: '{{contact_name}}', message: 'M' } },
      ]);
      const tell = async (first_name: string): Promise<void> => {
        await first.client.contacts.create({ first_name });
        await first.settle();
      };
      await tell('Morning');
      await tell('Put off');
      const [newest] = (await first.client.notifications.list()).items;
      await first.client.notifications.snooze({ id: newest?.id ?? '', for: 'tomorrow' });
      await first.client.settings.update({ quiet_hours: { from: '20:00', to: '08:00' } });
      clock.sleep(13 * 3_600_000);
      await tell('Night');
      await first.core.stop();
      // 08:59 of the next morning, in the zone of the clock, and a minute later.
      clock.sleep(9 * 3_600_000 + 59 * 60_000);
      const second = started(2);
      await second.settle();
      const beforeItsTime = daemon.shown().slice(sinceBefore);
      await second.core.stop();
      clock.sleep(60_000);
      const third = started(3);
      await third.settle();
      const shown = daemon.shown().slice(sinceBefore);
      await third.core.stop();
      const titles = (list: readonly Shown[]) => list.map(({ title }) => title);
      expect(titles(beforeItsTime)).toEqual(['Morning', 'Put off']);
      expect(titles(shown)).toEqual(['Morning', 'Put off', 'Put off']);
      rmSync(dataDir, { recursive: true, force: true });
    });

    test('a click on it reads it in the Inbox', async () => {
      await tellOf('{{contact_name}}', 'Ada');
      expect((await client.home.counts()).notifications_unread).toBe(1);
      daemon.click();
      await vi.waitFor(async () => {
        expect((await client.home.counts()).notifications_unread).toBe(0);
      });
      expect(core.logger.errors).toEqual([]);
    });

    test.each(shownAs)('%s', async (_name, part, wanted) => {
      const notification: NativeNotification = {
        id: '1',
        title: 'Title',
        message: 'Message',
        urgency: 'normal',
        record: null,
        group: null,
        ...part,
      };
      await nodeNotifier().show(notification, () => undefined);
      expect(daemon.shown().at(-1)).toEqual(wanted);
    });
  });

  describe('without a daemon', () => {
    beforeAll(() => {
      vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent/bus');
    });

    afterAll(() => {
      vi.unstubAllEnvs();
    });

    test('the Inbox has them all, and one line says why nothing was shown', async () => {
      await tellOf('{{contact_name}}', 'Ada', 'Bea', 'Cleo');
      expect(await inbox()).toEqual(['Ada', 'Bea', 'Cleo']);
      expect(core.logger.errors).toHaveLength(1);
      expect(core.logger.errors[0]).toMatch(/^Notifications cannot be shown .* Inbox\.$/);
      // The reason is the system's, without the command that holds the notification.
      expect(core.logger.errors[0]).not.toContain('Ada');
    });

    test('the run did not fail for it', async () => {
      await tellOf('Hello', 'Ada');
      const { items } = await client.executions.list();
      expect(items.map(({ status }) => status)).toEqual(['succeeded']);
    });
  });
});
