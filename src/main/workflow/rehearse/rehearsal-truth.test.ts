import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileDump } from '../../../../tests/support/file-dump.ts';
import { answerOf, rehearse } from '../../../../tests/support/rehearse.ts';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import {
  hour,
  minute,
  only,
  runsOf,
  setField,
  task,
  wait,
} from '../../../../tests/support/workflows.ts';
import type { RehearsalResult } from '../../../shared/contract/rehearsal.ts';
import type { Execution, StepResult } from '../../../shared/contract/workflows.ts';

const stages = ['qualification', 'proposal', 'negotiation'];

/** Random workflows and the user's days, the same for the same seed. */
class Chance {
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  of<T>(values: readonly T[]): T {
    const value = values[Math.floor(this.random() * values.length)];
    if (value === undefined) throw new Error('There is nothing to choose from');
    return value;
  }

  isHeads(): boolean {
    return this.random() < 0.5;
  }

  conditions() {
    return this.of([
      only('deal.value', '>', 250),
      only('deal.stage', '=', 'proposal'),
      only('deal.description', 'notNull'),
      only('contact.phone', 'null'),
      only('deal.tags', 'hasTag', 'seen'),
    ]);
  }

  /** What it writes no user writes: else later events would differ. */
  step(depth: number): Record<string, unknown> {
    if (depth > 0 && this.isHeads()) {
      const conditions = this.conditions();
      const [then, other] = [this.steps(depth - 1), this.steps(depth - 1)];
      return { type: 'if', config: { conditions }, then, else: other };
    }
    return this.of([
      task('{{deal.title}} is in {{deal.stage}} for {{deal.value}}', { on_error: 'continue' }),
      setField('deal', 'description', 'at {{deal.stage}}', { on_error: 'continue' }),
      setField('deal', 'expected_close_date', '+3 days', { on_error: 'continue' }),
      setField('contact', 'job_title', '{{deal.title}}', { on_error: 'continue' }),
      { type: 'add_tag', config: { object: 'deal', tag: 'seen' }, on_error: 'continue' },
      {
        type: 'create_note',
        config: { object: 'deal', body: 'Hi {{contact.name}}' },
        on_error: 'continue',
      },
      {
        type: 'send_email',
        config: { to: '{{contact.email}}', subject: '{{deal.title}}', body: 'Hi' },
        on_error: 'continue',
      },
      {
        type: 'webhook',
        config: { url: 'http://127.0.0.1:9/x', body: { deal: '{{deal.title}}' } },
      },
      wait({ duration: this.of(['+90 minutes', '+5 hours', '+1 day']) }),
      wait({ until_event: 'deal_updated', timeout: '+1 day' }),
      wait({ until_condition: only('deal.stage', '=', 'negotiation'), timeout: '+2 days' }),
      wait({ until_time: '09:00' }),
    ]);
  }

  steps(depth: number): Record<string, unknown>[] {
    const count = this.of([1, 2, 3]);
    return Array.from({ length: count }, () => this.step(depth));
  }

  workflow() {
    const trigger = this.of([
      { trigger_type: 'deal_created' },
      { trigger_type: 'deal_updated', trigger_config: { fields: ['value'] } },
      { trigger_type: 'deal_stage_changed', trigger_config: { to_stage: this.of(stages) } },
      { trigger_type: 'deal_stage_changed' },
    ]);
    return {
      ...trigger,
      ...(this.isHeads() ? { conditions: this.conditions() } : {}),
      settings: {
        re_entry: this.of(['once', 'after_exit', 'every_event'] as const),
        ...(this.random() < 0.3 ? { goal: only('deal.stage', '=', 'won') } : {}),
      },
      actions: this.steps(2),
    };
  }
}

/** Some days of somebody at the screens. */
async function live(core: TestCore, chance: Chance): Promise<void> {
  const { client } = core;
  const contacts = [
    await client.contacts.create({ first_name: 'Anna', email: 'anna@example.org' }),
    await client.contacts.create({ first_name: 'Bea' }),
  ];
  const deals: string[] = [];
  for (let act = 0; act < 24; act += 1) {
    await moveTo(core, core.clock.now() + chance.of([minute, hour, 7 * hour]));
    const id = deals.length === 0 ? null : chance.of(deals);
    if (id === null || chance.of([true, false, false])) {
      const contact = chance.of([...contacts, null]);
      const title = `Deal ${deals.length}`;
      const value = chance.of([100, 300, 500]);
      deals.push((await client.deals.create({ title, value, contact_id: contact?.id })).id);
    } else {
      const patch = chance.of([
        { stage: chance.of([...stages, 'won']) },
        { value: chance.of([100, 200, 300, 400]) },
        { lost_reason: chance.of(['too dear', 'too late']) },
      ]);
      await client.deals.update({ id, ...patch });
      if (chance.isHeads())
        await client.contacts.update({
          id: chance.of(contacts).id,
          phone: chance.of(['+49 30 1', null]),
        });
    }
    await core.settle();
  }
}

/** Lets time pass so that what is due meanwhile happens at its own moment. */
async function moveTo(core: TestCore, end: number): Promise<void> {
  const next = core.outside.prepare<[], { at: string | null }>(
    `SELECT min(at) AS at FROM (SELECT due_at AS at FROM waits UNION ALL
       SELECT next_attempt_at FROM deliveries WHERE state IN ('held', 'queued'))`,
  );
  for (;;) {
    const at = next.get()?.at ?? null;
    const due = at === null ? Number.POSITIVE_INFINITY : Date.parse(at);
    // What waits for its turn to be sent is due a moment ago.
    core.clock.sleep(Math.max(1, Math.min(due, end) - core.clock.now()));
    await core.settle();
    if (due > end) return;
  }
}

async function withAccount({ client }: TestCore): Promise<void> {
  const account = { from_address: 'me@example.org', host: '127.0.0.1', port: 2525 };
  await client.mail_accounts.create({ name: 'Office', security: 'none', ...account });
}

/** The same whatever ids were given, and however many milliseconds a message waited for its turn. */
function masked(value: unknown): unknown {
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  const text = JSON.stringify(value).replaceAll(uuid, 'id');
  return JSON.parse(text.replaceAll(/(:\d\d)\.\d{3}Z/g, '$1Z'));
}

function told(
  run: Pick<Execution, 'record_name' | 'status' | 'end_reason' | 'error_message' | 'started_at'>,
  steps: readonly StepResult[],
): unknown {
  const { record_name, status, end_reason, error_message, started_at } = run;
  return masked({ record_name, status, end_reason, error_message, started_at, steps });
}

function byStart(one: string, other: string): number {
  return one < other ? -1 : 1;
}

function predicted({ runs }: RehearsalResult): string[] {
  return runs
    .map((run) =>
      JSON.stringify(
        told(
          run,
          run.steps.map(({ step }) => step),
        ),
      ),
    )
    .toSorted(byStart);
}

async function real(core: TestCore, workflowId: string): Promise<string[]> {
  const runs = await runsOf(core, workflowId);
  return runs
    .filter(({ status }) => status !== 'skipped')
    .map((run) => JSON.stringify(told(run, run.actions_executed)))
    .toSorted(byStart);
}

// Those whose workflow takes somebody in, and one that takes in nobody.
const seeds = [1, 2, 3, 5, 6, 7, 10, 12, 13, 14];

test.each(seeds)(
  'what is predicted for the past is what a real run comes to, and leaves no trace (seed %i)',
  async (seed) => {
    const workflow = new Chance(seed).workflow();
    const past = createTestCore();
    await withAccount(past);
    const from = past.clock.nowText();
    past.clock.jump(1);
    await live(past, new Chance(seed + 1_000));
    const before = [...fileDump(past.outside)];
    const result = await rehearse(past, { draft: workflow, on: { kind: 'past', from } });
    expect([...fileDump(past.outside)]).toEqual(before);

    const copy = createTestCore();
    await withAccount(copy);
    const { id } = await copy.client.workflows.create({
      name: 'Real',
      status: 'active',
      ...workflow,
    });
    copy.clock.jump(1);
    await live(copy, new Chance(seed + 1_000));
    await moveTo(copy, copy.clock.now() + 1_000 * hour);
    expect(result.differences).toEqual([]);
    const runs = await real(copy, id);
    expect(predicted(result)).toEqual(runs);
    expect(result.counts.runs).toBe(runs.length);
  },
);

test('cancelled half way, with user writes going on: they all survive, and nothing else is written', async () => {
  const core = createTestCore();
  await live(core, new Chance(7));
  const before = new Set(fileDump(core.outside));
  const abort = new AbortController();
  const messages = await core.client.rehearsal.run(
    {
      draft: { trigger_type: 'deal_updated', actions: [task('Call')] },
      on: { kind: 'past', from: '2026-01-01T00:00:00Z' },
    },
    { signal: abort.signal },
  );
  const written: string[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const { id } = await core.client.contacts.create({ first_name: `New ${turn}` });
    written.push(id);
    const message = await answerOf(core, messages.next());
    expect(message.done).toBe(false);
  }
  abort.abort();
  await answerOf(core, messages.return?.() ?? Promise.resolve());
  await core.settle();
  const after = [...fileDump(core.outside)];
  for (const line of before) {
    // An action of the user's leaves behind what could be done again before it, and nothing was.
    expect(after).toContain(line);
  }
  const added = after.filter((line) => !before.has(line) && !line.startsWith('user_actions'));
  for (const line of added) expect(written.some((id) => line.includes(id))).toBe(true);
  expect(
    written.every((id) => added.some((line) => line.startsWith('contacts') && line.includes(id))),
  ).toBe(true);
  expect(readdirSync(core.dataDir).filter((name) => name.startsWith('rehearsal-'))).toEqual([]);
});
