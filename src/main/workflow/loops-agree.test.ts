import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';

/** What stops as a loop on a real core must have been shown; each example is a set of workflows that runs. */
const examples = 60;

const texts = ['a', 'b'];
const stages = ['proposal', 'negotiation', 'won'];

const action = fc.oneof(
  fc.record({
    type: fc.constant('update_field'),
    config: fc.oneof(
      fc.record({
        object: fc.constant('deal'),
        field: fc.constantFrom('title', 'description'),
        value: fc.constantFrom(...texts, '{{deal.title}}', '{{execution.id}}'),
      }),
      fc.record({
        object: fc.constant('contact'),
        field: fc.constant('job_title'),
        value: fc.constantFrom(...texts, '{{execution.id}}'),
      }),
    ),
  }),
  fc.record({
    type: fc.constant('move_deal_stage'),
    config: fc.record({ stage: fc.constantFrom(...stages) }),
  }),
  fc.record({
    type: fc.constantFrom('add_tag', 'remove_tag'),
    config: fc.record({
      object: fc.constantFrom('deal', 'contact'),
      tag: fc.constantFrom(...texts, '{{deal.title}}'),
    }),
  }),
  fc.constant({ type: 'create_task', config: { title: 'Task' } }),
  fc.constant({ type: 'create_deal', config: { title: 'a' } }),
);

const trigger = fc.oneof(
  fc.record({
    trigger_type: fc.constant('deal_updated'),
    trigger_config: fc.constantFrom({}, { fields: ['title'] }, { fields: ['description', 'tags'] }),
  }),
  fc.record({
    trigger_type: fc.constant('deal_stage_changed'),
    trigger_config: fc.constantFrom({}, ...stages.map((stage) => ({ to_stage: stage })), {
      from_stage: 'proposal',
    }),
  }),
  fc.record({
    trigger_type: fc.constantFrom('tag_added', 'tag_removed'),
    trigger_config: fc.constantFrom({}, { tag: 'a' }, { tag: 'b', object: 'deal' }),
  }),
  fc.record({
    trigger_type: fc.constantFrom('deal_created', 'deal_won', 'task_created', 'workflow_failed'),
    trigger_config: fc.constant({}),
  }),
);

const rule = fc.oneof(
  fc.record({
    field: fc.constantFrom('deal.title', 'deal.description'),
    operator: fc.constantFrom('=', '!=', 'contains', 'null', 'changed'),
    value: fc.constantFrom(...texts),
  }),
  fc.record({
    field: fc.constant('deal.title'),
    operator: fc.constant('changedFromTo'),
    value: fc.constantFrom(['a', 'b'], ['', 'a']),
  }),
);

const conditions = fc.option(
  fc.record({
    combinator: fc.constantFrom('and', 'or'),
    not: fc.boolean(),
    rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
  }),
);

const workflows = fc.array(
  fc.record({
    trigger,
    conditions,
    actions: fc.array(action, { minLength: 1, maxLength: 2 }),
    re_entry: fc.constantFrom('every_event', 'after_exit'),
  }),
  { minLength: 1, maxLength: 4 },
);

interface Stopped {
  readonly workflow_id: string;
  readonly chain: string;
}

type WorkflowSet = typeof workflows extends fc.Arbitrary<infer T> ? T : never;

/** Runs the set, and answers what was stopped and which workflows are in a loop that was shown. */
async function run(core: TestCore, set: WorkflowSet) {
  const ids: string[] = [];
  for (const [index, one] of set.entries()) {
    const created = await core.client.workflows.create({
      name: `W${index}`,
      status: 'active',
      ...one.trigger,
      conditions: one.conditions,
      actions: [...one.actions],
      settings: { re_entry: one.re_entry },
    });
    ids.push(created.id);
  }
  const contact = await core.client.contacts.create({ first_name: 'Anna' });
  const deal = await core.client.deals.create({ title: 'x', contact_id: contact.id });
  await core.settle();
  await core.client.deals.update({ id: deal.id, title: 'a', description: 'b', tags: ['a'] });
  await core.settle();
  await core.client.deals.update({ id: deal.id, stage: 'proposal', tags: ['b'] });
  await core.settle();
  const stopped = core.outside
    .prepare(
      `SELECT r.workflow_id, e.chain FROM workflow_executions r JOIN events e ON e.id = r.event_id
        WHERE r.status = 'skipped' AND r.error_message LIKE '%loop%'`,
    )
    .all() as Stopped[];
  const inLoop = new Set<string>();
  for (const id of ids) {
    const { warnings } = await core.client.workflows.get({ id });
    if (warnings.length > 0) inLoop.add(id);
  }
  return { stopped, inLoop };
}

test('what is stopped as a loop when it runs was shown when it was published', {
  timeout: 120_000,
}, async () => {
  let stops = 0;
  let quiet = 0;
  await fc.assert(
    fc.asyncProperty(workflows, async (set) => {
      const core = createTestCore();
      const { stopped, inLoop } = await run(core, set);
      stops += stopped.length;
      if (inLoop.size === 0) quiet += 1;
      for (const { workflow_id: id, chain } of stopped) {
        const links = JSON.parse(chain) as { workflow_id: string }[];
        const involved = [id, ...links.map((link) => link.workflow_id)];
        expect(involved.some((one) => inLoop.has(one))).toBe(true);
        // The one that came round again is itself in a loop that was shown.
        if (links.some((link) => link.workflow_id === id)) expect(inLoop).toContain(id);
      }
      await core.core.stop();
    }),
    { numRuns: examples, seed: 20_261_124 },
  );
  // A property that met no loop, or found one everywhere, would prove nothing.
  expect(stops).toBeGreaterThan(examples / 2);
  expect(quiet).toBeGreaterThan(examples / 10);
});
