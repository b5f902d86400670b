import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import { storedEvents } from '../../../tests/support/stored-rows.ts';
import {
  activeWorkflow,
  hour,
  minute,
  pass,
  runsOf,
  setField,
  task,
  titlesOf,
  wait,
} from '../../../tests/support/workflows.ts';

/** Fails for a deal without a contact. */
const failing = setField('contact', 'job_title', 'Buyer');

async function deals(core: TestCore, count: number, more: Record<string, unknown> = {}) {
  for (let turn = 1; turn <= count; turn += 1)
    await core.client.deals.create({ title: `Deal ${turn}`, ...more });
  await core.settle();
}

async function inbox({ client }: TestCore) {
  return (await client.notifications.list({})).items;
}

describe('failing runs of one workflow', () => {
  test('within a minute give one notification and one entry that counts them', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [failing], { name: 'Welcome' });
    await deals(core, 1);
    await pass(core, 20_000);
    await deals(core, 2);
    expect(core.notifier.shown).toMatchObject([{ title: '“Welcome” failed' }]);
    const runs = await runsOf(core, workflow.id);
    expect(await inbox(core)).toMatchObject([
      {
        title: '“Welcome” failed',
        count: 3,
        workflow_id: workflow.id,
        execution_id: runs[2]?.id,
        message: expect.stringContaining('Step 1 update_field'),
      },
    ]);
  });

  test('a minute later, or of another workflow, there is another entry', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [failing], { name: 'One' });
    await deals(core, 1);
    await activeWorkflow(core, 'deal_created', [failing], { name: 'Two' });
    await pass(core, minute);
    await deals(core, 1);
    expect((await inbox(core)).map(({ title, count }) => `${title} ${count}`)).toEqual([
      '“Two” failed 1',
      '“One” failed 1',
      '“One” failed 1',
    ]);
  });

  test('an entry that was read is unread again when it grows', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [failing]);
    await deals(core, 1);
    await core.client.notifications.mark_all_read();
    await deals(core, 1);
    expect(await inbox(core)).toMatchObject([{ count: 2, read_at: null }]);
  });
});

describe('workflow_failed', () => {
  test('starts workflows, with what failed and the record it failed on', async () => {
    const core = createTestCore();
    const failed = await activeWorkflow(core, 'deal_created', [failing], { name: 'Welcome' });
    await activeWorkflow(core, 'workflow_failed', [
      task('{{workflow_name}} on {{deal_title}}: {{error_message}} {{deal.title}}'),
    ]);
    await deals(core, 1);
    const [run] = await runsOf(core, failed.id);
    const event = storedEvents(core.outside).find(({ type }) => type === 'workflow_failed');
    expect(event).toMatchObject({
      object: 'deal',
      record_id: run?.record?.id,
      data: {
        keys: {
          workflow_id: failed.id,
          workflow_name: 'Welcome',
          execution_id: run?.id,
          error_message: run?.error_message,
          deal_title: 'Deal 1',
        },
      },
      chain: [{ workflow_id: failed.id }],
    });
    expect(await titlesOf(core)).toEqual([`Welcome on Deal 1: ${run?.error_message} Deal 1`]);
  });

  test('a workflow that fails on it does not hear itself again and again', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [failing]);
    const listener = await activeWorkflow(core, 'workflow_failed', [failing]);
    await deals(core, 1);
    expect(await runsOf(core, listener.id)).toMatchObject([
      { status: 'failed' },
      { status: 'skipped', error_message: expect.stringContaining('loop') },
    ]);
  });

  test('a run that fails after its wait tells of it too', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [wait({ duration: '+1 hour' }), failing]);
    await activeWorkflow(core, 'workflow_failed', [task('heard')]);
    await deals(core, 1);
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['heard']);
  });

  test('a damaged wait tells of it too', async () => {
    const core = createTestCore();
    await activeWorkflow(core, 'deal_created', [wait({ duration: '+1 hour' })]);
    await activeWorkflow(core, 'workflow_failed', [task('{{error_message}}')]);
    await deals(core, 1);
    core.outside.prepare("UPDATE waits SET rule = 'x'").run();
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual([expect.stringContaining('could not go on')]);
  });
});

describe('five failures in a row', () => {
  test('pause the workflow, at once, and say so', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [failing], { name: 'Welcome' });
    await deals(core, 8);
    expect(await runsOf(core, workflow.id)).toHaveLength(5);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      status: 'paused',
      pause_mode: 'drain',
      paused_reason: expect.stringMatching(
        /^5 runs failed one after the other\. The last said: Step 1/,
      ),
    });
    expect((await inbox(core)).map(({ title, count }) => `${title} ${count}`)).toEqual([
      '“Welcome” was paused 1',
      '“Welcome” failed 5',
    ]);
  });

  test('a run that ends well between them begins the count anew', async () => {
    const core = createTestCore();
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    const workflow = await activeWorkflow(core, 'deal_created', [failing]);
    await deals(core, 4);
    await deals(core, 1, { contact_id: contact.id });
    await deals(core, 4);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      status: 'active',
    });
    await deals(core, 1);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      status: 'paused',
    });
  });

  test.each(['API', 'SQL'])('turned on again by %s, it begins with a clean slate', async (how) => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [failing]);
    await deals(core, 5);
    if (how === 'API') await core.client.workflows.resume({ id: workflow.id });
    else core.outside.prepare("UPDATE workflows SET status = 'active'").run();
    await deals(core, 4);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      status: 'active',
      paused_reason: null,
    });
    expect(await runsOf(core, workflow.id)).toHaveLength(9);
  });
});

describe('more than 500 starts within a minute', () => {
  /** Changing the contact changes each of its deals, and each such change starts the second workflow. */
  async function fan(core: TestCore, count: number) {
    const contact = await core.client.contacts.create({ first_name: 'Anna' });
    for (let turn = 0; turn < count; turn += 1)
      await core.client.deals.create({ title: `D${turn}`, contact_id: contact.id });
    await core.settle();
    const fanning = await activeWorkflow(core, 'contact_updated', [
      {
        type: 'for_each',
        config: { over: 'contact.deals' },
        do: [setField('deal', 'description', 'Seen')],
      },
    ]);
    const heard = await activeWorkflow(
      core,
      'deal_updated',
      [setField('deal', 'currency', 'EUR')],
      {
        name: 'Heard',
      },
    );
    return { contact, fanning, heard };
  }

  test('by what runs caused pause the workflow', async () => {
    const core = createTestCore();
    const { contact, heard } = await fan(core, 300);
    await core.client.contacts.update({ id: contact.id, job_title: 'Buyer' });
    await core.settle();
    expect(await core.client.workflows.get({ id: heard.id })).toMatchObject({ status: 'active' });
    core.outside.prepare('UPDATE deals SET description = NULL').run();
    await core.client.contacts.update({ id: contact.id, job_title: 'Seller' });
    await core.settle();
    expect(await core.client.workflows.get({ id: heard.id })).toMatchObject({
      status: 'paused',
      execution_count: 500,
      paused_reason: expect.stringContaining('more than 500 starts within 60 seconds'),
    });
    const skipped = core.outside
      .prepare("SELECT error_message FROM workflow_executions WHERE status = 'skipped'")
      .pluck()
      .all();
    expect(skipped).toEqual([expect.stringMatching(/^skipped: loop: more than 500 starts/)]);
  });

  test('spread over more than a minute are no loop', async () => {
    const core = createTestCore();
    const { contact, heard } = await fan(core, 300);
    await core.client.contacts.update({ id: contact.id, job_title: 'Buyer' });
    await core.settle();
    await pass(core, minute);
    core.outside.prepare('UPDATE deals SET description = NULL').run();
    await core.client.contacts.update({ id: contact.id, job_title: 'Seller' });
    await core.settle();
    expect(await core.client.workflows.get({ id: heard.id })).toMatchObject({
      status: 'active',
      execution_count: 600,
    });
  });

  test('by the user never count', async () => {
    const core = createTestCore();
    const workflow = await activeWorkflow(core, 'deal_created', [task('x')]);
    await deals(core, 520);
    expect(await core.client.workflows.get({ id: workflow.id })).toMatchObject({
      status: 'active',
      execution_count: 520,
    });
  });
});
