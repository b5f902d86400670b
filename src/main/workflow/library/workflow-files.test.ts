import { expect, test } from 'vitest';
import { rehearse } from '../../../../tests/support/rehearse.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  onlyRunOf,
  runsOf,
  task,
  titlesOf,
} from '../../../../tests/support/workflows.ts';
import { writeWorkflowFile } from '../../../shared/workflow/portable/workflow-file.ts';

/** Names something of the file in every place that can. */
async function demandingWorkflow(core: ReturnType<typeof createTestCore>) {
  const { client } = core;
  await client.custom_fields.create({ object: 'deal', label: 'Budget', type: 'money' });
  await client.custom_fields.create({
    object: 'deal',
    label: 'Size',
    type: 'choice',
    choices: ['small', 'large'],
  });
  const other = await activeWorkflow(core, 'manual', [task('other')], { name: 'Other' });
  return client.workflows.create({
    name: 'Demanding',
    description: 'All there is',
    triggers: [
      { type: 'deal_stage_changed', config: { to_stage: 'proposal' } },
      { type: 'deal_updated', config: { fields: ['cf_budget', 'value'] } },
      { type: 'tag_added', config: { object: 'deal', tag: 'Hot' } },
    ],
    conditions: {
      combinator: 'and',
      rules: [
        { field: 'deal.cf_budget', operator: '>', value: 1_000 },
        { field: 'deal.stage', operator: 'in', value: ['proposal', 'negotiation'] },
      ],
    },
    settings: {
      re_entry: 'every_event',
      goal: {
        combinator: 'and',
        rules: [{ field: 'deal.tags', operator: 'hasTag', value: 'Done' }],
      },
    },
    actions: [
      {
        id: 'size',
        type: 'update_field',
        config: { object: 'deal', field: 'cf_size', value: 'large' },
      },
      {
        id: 'by_stage',
        type: 'switch',
        config: { value: '{{deal.stage}}' },
        cases: [
          {
            equals: 'proposal',
            steps: [
              task('Budget {{deal.cf_budget}} was {{changes.cf_budget.old}}', { id: 'told' }),
            ],
          },
        ],
      },
      { id: 'on', type: 'move_deal_stage', config: { stage: 'negotiation' } },
      { id: 'start', type: 'start_workflow', config: { workflow_id: other.id } },
      {
        id: 'call',
        type: 'webhook',
        config: {
          url: 'http://192.168.1.5/{{deal.id}}',
          secret_headers: { Authorization: 'office' },
        },
      },
    ],
  });
}

test('a workflow goes out and comes in again the same, to the byte', async () => {
  const core = createTestCore();
  const workflow = await demandingWorkflow(core);
  const file = await core.client.workflow_files.export({ id: workflow.id });
  const text = writeWorkflowFile(file);
  const imported = await core.client.workflow_files.import({ file });
  expect(imported).toMatchObject({ name: 'Demanding', status: 'draft', version: null });
  expect(imported.id).not.toBe(workflow.id);
  const again = await core.client.workflow_files.export({ id: imported.id });
  expect(writeWorkflowFile(again)).toBe(text);
  expect(imported.actions).toEqual(workflow.actions);
  expect(file.needs).toEqual({
    fields: [
      { object: 'deal', name: 'cf_budget', label: 'Budget', type: 'money' },
      {
        object: 'deal',
        name: 'cf_size',
        label: 'Size',
        type: 'choice',
        choices: ['small', 'large'],
      },
    ],
    stages: [
      { slug: 'proposal', name: 'Proposal' },
      { slug: 'negotiation', name: 'Negotiation' },
    ],
    tags: ['Hot', 'Done'],
    workflows: [{ id: expect.any(String) as string, name: 'Other' }],
    accounts: [],
    secrets: ['office'],
  });
});

test('an import says what is missing, makes the fields, and takes what was chosen in place of the rest', async () => {
  const from = createTestCore();
  const file = await from.client.workflow_files.export({
    id: (await demandingWorkflow(from)).id,
  });
  const core = createTestCore();
  const { client, outside } = core;
  await client.custom_fields.create({ object: 'deal', label: 'Cost ceiling', type: 'money' });
  outside.exec("UPDATE stages SET slug = 'offer', name = 'Offer' WHERE slug = 'proposal'");

  const check = await client.workflow_files.check({ file });
  expect(check.needs.filter(({ is_present }) => !is_present).map(({ name }) => name)).toEqual([
    'deal.cf_budget',
    'deal.cf_size',
    'proposal',
    'Hot',
    'Done',
    expect.any(String),
    'office',
  ]);
  expect(check.needs[0]?.candidates).toEqual([
    { name: 'deal.cf_cost_ceiling', label: 'Cost ceiling' },
  ]);
  expect(check.private_addresses).toEqual([
    { path: 'actions[4].config.url', url: 'http://192.168.1.5/{{deal.id}}' },
  ]);
  await expect(client.workflow_files.import({ file })).rejects.toMatchObject({
    code: 'validation_failed',
    data: { field: 'stages.proposal' },
  });
  expect((await client.custom_fields.list()).map(({ name }) => name)).toEqual(['cf_cost_ceiling']);

  const imported = await client.workflow_files.import({
    file,
    fields: { 'deal.cf_budget': 'deal.cf_cost_ceiling' },
    stages: { proposal: 'offer' },
    tags: { Hot: 'Warm' },
  });
  expect(imported.triggers).toEqual([
    { type: 'deal_stage_changed', config: { to_stage: 'offer' } },
    { type: 'deal_updated', config: { fields: ['cf_cost_ceiling', 'value'] } },
    { type: 'tag_added', config: { object: 'deal', tag: 'Warm' } },
  ]);
  expect(imported.conditions).toMatchObject({
    rules: [{ field: 'deal.cf_cost_ceiling' }, { value: ['offer', 'negotiation'] }],
  });
  expect(imported.actions).toMatchObject([
    { config: { field: 'cf_size', value: 'large' } },
    {
      cases: [
        {
          equals: 'offer',
          steps: [
            {
              config: {
                title: 'Budget {{deal.cf_cost_ceiling}} was {{changes.cf_cost_ceiling.old}}',
              },
            },
          ],
        },
      ],
    },
    { config: { stage: 'negotiation' } },
    { config: {} },
    { type: 'webhook' },
  ]);
  // The workflow it would start is not here: the draft says what to fill in.
  expect(imported.problems).toMatchObject([{ path: 'actions[3].config.workflow_id' }]);
  expect((await client.custom_fields.list()).map(({ name }) => name)).toEqual([
    'cf_cost_ceiling',
    'cf_size',
  ]);
});

test('a clone runs on its own', async () => {
  const core = createTestCore();
  const { client, settle } = core;
  const workflow = await activeWorkflow(core, 'deal_created', [task('of the first')]);
  const clone = await client.workflow_files.clone({ id: workflow.id });
  expect(clone).toMatchObject({ name: 'deal_created (copy)', status: 'draft', execution_count: 0 });
  await client.workflows.update({ id: clone.id, status: 'active', actions: [task('of the copy')] });
  await client.deals.create({ title: 'Roof' });
  await settle();
  expect(await titlesOf(core)).toEqual(['of the first', 'of the copy']);
  expect(await onlyRunOf(core, clone.id)).toMatchObject({ status: 'succeeded' });
  await client.workflows.remove({ id: workflow.id });
  await client.deals.create({ title: 'Wall' });
  await settle();
  expect(await runsOf(core, clone.id)).toHaveLength(2);
  expect((await client.workflow_files.clone({ id: clone.id })).name).toBe(
    'deal_created (copy) (copy)',
  );
});

test('an imported workflow sends to addresses near this computer only once they are confirmed', async () => {
  const core = createTestCore();
  const { client, outside, settle } = core;
  const near = { url: 'http://127.0.0.1:9/{{deal.id}}' };
  const source = await client.workflows.create({
    name: 'Near',
    trigger_type: 'deal_created',
    actions: [
      { type: 'webhook', config: near },
      { type: 'webhook', config: { url: 'https://example.com/' } },
    ],
  });
  expect(source.unconfirmed_addresses).toEqual([]);
  const file = await client.workflow_files.export({ id: source.id });
  const { id, unconfirmed_addresses } = await client.workflow_files.import({ file });
  expect(unconfirmed_addresses).toEqual([near.url]);
  const refusal = {
    code: 'conflict',
    message: expect.stringMatching(/127\.0\.0\.1:9.*confirm_addresses: true/) as string,
    data: { field: 'confirm_addresses' },
  };
  await expect(client.workflows.update({ id, status: 'active' })).rejects.toMatchObject(refusal);
  await expect(client.workflows.resume({ id })).rejects.toMatchObject(refusal);
  expect(await client.workflows.get({ id })).toMatchObject({ status: 'draft', version: null });

  // A rehearsal sends nothing, so it asks nothing, and confirms nothing.
  const deal = await client.deals.create({ title: 'Shed' });
  const { runs } = await rehearse(core, {
    workflow_id: id,
    on: { kind: 'record', record: { object: 'deal', id: deal.id } },
  });
  expect(runs[0]?.status).toBe('succeeded');
  expect(await client.workflows.get({ id })).toMatchObject({
    unconfirmed_addresses: [near.url],
    version: null,
  });

  // A copy is no way around it, nor is SQL: the workflow is parked, and says why.
  const clone = await client.workflow_files.clone({ id });
  expect(clone.unconfirmed_addresses).toEqual([near.url]);
  outside.exec(`UPDATE workflows SET status = 'active' WHERE id = '${id}'`);
  await client.deals.create({ title: 'Roof' });
  await settle();
  const parked = await client.workflows.get({ id });
  expect(parked).toMatchObject({ status: 'active', version: null });
  expect(parked.parked_reason).toContain(near.url);
  await expect(client.workflows.execute({ id })).rejects.toMatchObject(refusal);
  await client.workflows.update({ id, name: 'Renamed' });
  outside.exec(`UPDATE workflows SET unconfirmed_addresses = 'damaged' WHERE id = '${id}'`);
  await client.deals.create({ title: 'Wall' });
  await settle();
  expect(await runsOf(core, id)).toEqual([]);

  const on = await client.workflows.update({ id, status: 'active', confirm_addresses: true });
  expect(on).toMatchObject({ status: 'active', version: 1, unconfirmed_addresses: [] });
  await client.deals.create({ title: 'Door' });
  await settle();
  expect(await runsOf(core, id)).toHaveLength(1);
  expect((await client.workflows.get({ id })).parked_reason).toBeNull();
  await client.workflows.pause({ id });
  expect(await client.workflows.resume({ id })).toMatchObject({ status: 'active' });

  // An address that the user wrote in place of the file's is the user's own.
  const own = [{ type: 'webhook', config: { url: 'http://localhost:9/' } }];
  expect(
    await client.workflows.update({ id: clone.id, status: 'active', actions: own }),
  ).toMatchObject({ status: 'active', unconfirmed_addresses: [] });
});

test('a file that is none, or of a newer Trellis, is refused by its key', async () => {
  const { client } = createTestCore();
  const file = {
    format: 'trellis-workflow',
    format_version: 1,
    name: 'x',
    triggers: [{ type: 'manual' }],
  };
  const refused = async (change: object) =>
    client.workflow_files
      // What a person may send is no type of ours.
      .import({ file: { ...file, ...change } as never })
      .catch((error: { data: { field: string } }) => error.data.field);
  expect(await refused({ format: 'something' })).toBe('file.format');
  expect(await refused({ format_version: 2 })).toBe('file.format_version');
  expect(await refused({ extra: 1 })).toBe('file.extra');
  expect(await refused({ triggers: [{ type: 'nothing' }] })).toBe('trigger_type');
});
