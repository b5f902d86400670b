import { expect, test } from 'vitest';
import { answerOf } from '../../../../tests/support/rehearse.ts';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  day,
  minute,
  onlyRunOf,
  pass,
  runsOf,
  setField,
  task,
  wait,
} from '../../../../tests/support/workflows.ts';

/** Field by field, every record that is not in the bin. */
type State = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

// What follows from other fields, or says when somebody last wrote.
const derived = new Set(['updated_at', 'stage_name', 'status', 'name']);

async function stateOf({ client }: TestCore): Promise<State> {
  const limit = 500;
  const lists = await Promise.all([
    client.contacts.list({ limit }),
    client.deals.list({ limit }),
    client.activities.list({ limit }),
  ]);
  return new Map(
    lists
      .flatMap(({ items }) => items as { id: string }[])
      .map((record) => [
        record.id,
        Object.fromEntries(Object.entries(record).filter(([name]) => !derived.has(name))),
      ]),
  );
}

const words = ['Roof', 'Shed', 'Barn', 'Mill', 'Yard'];
const stages = ['qualification', 'proposal', 'negotiation', 'won'];
const tags = ['vip', 'cold', 'spring'];

class Chance {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  of<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error('There is nothing to choose from');
    return value;
  }

  patch(): Record<string, unknown> {
    return this.of([
      { title: this.of(words) },
      { description: this.of(words) },
      { stage: this.of(stages) },
      { value: this.of([100, 200, 300]) },
      { tags: tags.filter(() => this.random() < 0.5) },
      { expected_close_date: this.of(['2026-05-01', '2026-06-01']) },
    ]);
  }

  step() {
    return this.of([
      task(this.of(words)),
      setField('deal', 'description', this.of(words)),
      setField('deal', 'stage', this.of(stages)),
      setField('deal', 'value', this.of([100, 200, 300])),
      setField('contact', 'job_title', this.of(words)),
      { type: 'add_tag', config: { object: 'deal', tag: this.of(tags) } },
      { type: 'remove_tag', config: { object: 'deal', tag: this.of(tags) } },
      { type: 'create_note', config: { object: 'deal', body: this.of(words) } },
      wait({ duration: '+1 hours' }),
    ]);
  }
}

function tagsOf(record: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(record['tags']) ? record['tags'].map(String) : [];
}

/** What a field must hold after undo, and whether that is a conflict. */
function wanted(name: string, states: readonly Readonly<Record<string, unknown>>[]) {
  const [before, after, later] = states.map((record) => record[name]);
  if (name === 'tags') {
    const [old, made, now] = states.map(tagsOf);
    const added = made?.filter((tag) => !old?.includes(tag)) ?? [];
    const removed = old?.filter((tag) => !made?.includes(tag)) ?? [];
    const left = (now ?? []).filter((tag) => !added.includes(tag));
    return { value: [...new Set([...left, ...removed])].toSorted(), isConflict: false };
  }
  const same = (one: unknown, other: unknown): boolean =>
    JSON.stringify(one) === JSON.stringify(other);
  if (same(before, after) || same(later, before)) return { value: later, isConflict: false };
  return same(later, after)
    ? { value: before, isConflict: false }
    : { value: later, isConflict: true };
}

function compare(before: State, after: State, later: State, undone: State, conflicts: Set<string>) {
  const found = new Set<string>();
  for (const [id, made] of after) {
    const old = before.get(id);
    const now = later.get(id);
    if (!now) continue;
    if (!old) {
      // A run made it: it goes as it is, and stays when somebody changed it.
      const isUntouched = JSON.stringify(now) === JSON.stringify(made);
      if (isUntouched) expect(undone.has(id)).toBe(false);
      else {
        expect(undone.get(id)).toEqual(now);
        found.add(`${id}/`);
      }
      continue;
    }
    for (const name of Object.keys(now)) {
      const { value, isConflict } = wanted(name, [old, made, now]);
      expect(undone.get(id)?.[name], `${id} ${name}`).toEqual(value);
      if (isConflict) found.add(`${id}/${name}`);
    }
  }
  for (const [id, record] of later) if (!after.has(id)) expect(undone.get(id)).toEqual(record);
  expect(conflicts).toEqual(found);
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'undoing runs gives back what still holds, lists the rest, and moves nothing else (seed %i)',
  async (seed) => {
    const core = createTestCore();
    const { client } = core;
    const chance = new Chance(seed);
    const contact = await client.contacts.create({ first_name: 'Anna' });
    const workflow = await activeWorkflow(
      core,
      'deal_updated',
      Array.from({ length: 4 }, () => chance.step()),
      { settings: { re_entry: 'every_event' }, trigger_config: { fields: ['lost_reason'] } },
    );
    const deals = await Promise.all(
      [0, 1, 2].map(async () => {
        const tagged = tags.filter(() => chance.random() < 0.5);
        const title = chance.of(words);
        return client.deals.create({ title, value: 50, contact_id: contact.id, tags: tagged });
      }),
    );
    await core.settle();
    const since = core.clock.nowText();
    for (const { id } of deals) {
      const seen = await client.deals.get({ id });
      await client.deals.update({ id, lost_reason: `asked ${seen.title}` });
    }
    const before = await stateOf(core);
    await core.settle();
    await pass(core, day);
    const after = await stateOf(core);
    for (let edits = 0; edits < 6; edits += 1) {
      await client.deals.update({ id: chance.of(deals).id, ...chance.patch() });
      const { items } = await client.activities.list({ limit: 500 });
      const [first] = items;
      if (first && chance.random() < 0.3)
        await client.activities.update({ id: first.id, title: 'Mine now' });
    }
    await pass(core, minute);
    const later = await stateOf(core);
    const target = { id: workflow.id, since };
    const preview = await answerOf(core, client.undo_runs.preview_workflow(target));
    expect(await stateOf(core)).toEqual(later);
    const result = await answerOf(core, client.undo_runs.workflow(target));
    await core.settle();
    expect(result).toMatchObject({ runs: 3, kept: preview.conflict_count });
    const conflicts = preview.conflicts.map(({ record_id: id, field }) => `${id}/${field ?? ''}`);
    const undone = await stateOf(core);
    compare(before, after, later, undone, new Set(conflicts));
    // It is itself an action that can be undone.
    await answerOf(core, client.history.undo());
    expect(await stateOf(core)).toEqual(later);
  },
);

test('a conflict goes back when it is named, mail in the Outbox is taken back, sent mail is told', async () => {
  const core = createTestCore();
  const { client } = core;
  await client.mail_accounts.create({
    name: 'Office',
    from_address: 'me@example.org',
    host: '127.0.0.1',
    port: 2525,
    security: 'none',
  });
  const mail = (subject: string) => ({
    type: 'send_email',
    config: { to: 'anna@example.org', subject, body: 'Hi' },
  });
  const workflow = await activeWorkflow(core, 'deal_created', [
    mail('First'),
    setField('deal', 'stage', 'proposal'),
    setField('deal', 'description', 'by a run'),
    mail('Second'),
  ]);
  const deal = await client.deals.create({ title: 'Roof' });
  await pass(core, minute);
  const run = await onlyRunOf(core, workflow.id);
  expect(run.status).toBe('waiting');
  await client.deals.update({ id: deal.id, stage: 'negotiation' });
  const preview = await answerOf(core, client.undo_runs.preview_run({ id: run.id }));
  expect(preview).toMatchObject({
    runs: 1,
    ending_runs: 1,
    taken_back: 1,
    lasting: [{ kind: 'email', label: 'anna@example.org: First' }],
    conflicts: [
      { field: 'stage', now: 'negotiation', wrote: 'proposal', back_to: 'qualification' },
    ],
    records: [{ record_id: deal.id, fields: [{ field: 'description', back_to: null }] }],
  });
  const [conflict] = preview.conflicts;
  await answerOf(core, client.undo_runs.run({ id: run.id, put_back: [conflict?.id ?? ''] }));
  await pass(core, day);
  expect(await client.deals.get({ id: deal.id })).toMatchObject({
    stage: 'qualification',
    description: null,
  });
  expect(core.mailer.sent.map(({ subject }) => subject)).toEqual(['First']);
  expect((await runsOf(core, workflow.id)).map(({ status }) => status)).toEqual(['cancelled']);
});
