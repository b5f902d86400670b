import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { nodeNotifier } from '../../hosts/node-notifier.ts';
import { queryFile } from '../support/data-file.ts';
import { shiftedClock } from '../support/shifted-clock.ts';
import { storedEvents } from '../support/stored-rows.ts';
import { createTestCore } from '../support/test-core.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { activeWorkflow, pass, setField, task, titlesOf } from '../support/workflows.ts';
import { NotificationDaemon } from './notification-daemon.ts';

const servers = useServers();

// The history of a real daemon, which only Linux has without a desktop.
describe.skipIf(process.platform !== 'linux')('what a daemon shows of runs', () => {
  let daemon: NotificationDaemon;

  beforeAll(async () => {
    daemon = await NotificationDaemon.start();
    for (const [name, value] of Object.entries(daemon.env)) vi.stubEnv(name, value);
  });

  afterAll(() => {
    vi.unstubAllEnvs();
    daemon.stop();
  });

  test('three failing runs within a minute once, the fifth in a row its pause', async () => {
    const before = daemon.shown().length;
    const core = createTestCore({ showWith: nodeNotifier() });
    // Fails for a deal without a contact.
    const failing = setField('contact', 'job_title', 'Buyer');
    const workflow = await activeWorkflow(core, 'deal_created', [failing], { name: 'Welcome' });
    await activeWorkflow(core, 'workflow_failed', [task('{{workflow_name}} failed')], {
      settings: { re_entry: 'every_event' },
    });
    const fail = async (): Promise<void> => {
      await core.client.deals.create({ title: 'Roof' });
      await pass(core, 10_000);
    };
    for (let turn = 0; turn < 3; turn += 1) await fail();
    const failed = { title: '“Welcome” failed', message: expect.stringContaining('Step 1') };
    expect(daemon.shown().slice(before)).toEqual([failed]);
    const inbox = async () => (await core.client.notifications.list({})).items;
    expect(await inbox()).toMatchObject([{ title: '“Welcome” failed', count: 3 }]);
    expect(
      storedEvents(core.outside).filter(({ type }) => type === 'workflow_failed'),
    ).toHaveLength(3);
    expect(await titlesOf(core)).toEqual(Array.from({ length: 3 }, () => 'Welcome failed'));

    for (let turn = 0; turn < 2; turn += 1) await fail();
    expect(daemon.shown().slice(before)).toEqual([
      failed,
      { title: '“Welcome” was paused', message: expect.stringContaining('5 runs failed') },
    ]);
    expect((await core.client.workflows.get({ id: workflow.id })).status).toBe('paused');
    await fail();
    expect(daemon.shown()).toHaveLength(before + 2);
  });

  test('a notification behind a wait once, though the program was killed during the wait', async () => {
    const before = daemon.shown().length;
    const env = { ...daemon.env, PATH: process.env['PATH'] ?? '' };
    const first = await servers.start({ env });
    const { dataDir } = first;
    const count = (sql: string): number =>
      queryFile<{ count: number }>(dataDir, `SELECT count(*) AS count FROM ${sql}`)[0]?.count ?? 0;
    await first.api.create('workflows', {
      name: 'Remind',
      status: 'active',
      trigger_type: 'deal_created',
      actions: [
        { type: 'create_task', config: { title: 'Call' } },
        { type: 'wait', config: { duration: '+1 minute' } },
        { type: 'send_notification', config: { title: 'Call now', message: '{{deal_title}}' } },
      ],
    });
    await first.api.create('deals', { title: 'Roof' });
    await waitUntil(
      'the run waits',
      () => count("workflow_executions WHERE status = 'waiting'") === 1,
    );
    await first.kill();
    expect(daemon.shown()).toHaveLength(before);

    const second = await servers.start({ dataDir, env, nodeArguments: shiftedClock });
    second.signal('SIGUSR2');
    await waitUntil(
      'the notification is shown',
      () => count('notifications WHERE shown_at IS NOT NULL') === 1,
    );
    await second.stop();
    // Neither the next start nor its time shows it again.
    const third = await servers.start({ dataDir, env });
    expect((await third.stop()).code).toBe(0);
    expect(daemon.shown().slice(before)).toEqual([{ title: 'Call now', message: 'Roof' }]);
    expect(count('activities')).toBe(1);
    expect(count("workflow_executions WHERE status = 'succeeded'")).toBe(1);
  });
});
