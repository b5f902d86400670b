import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../tests/support/temporary-folder.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import type { EventData } from '../../../shared/events/event-types.ts';
import { editableFieldsOf } from '../../../shared/model/fields/registry.ts';
import {
  type ObjectName,
  objectNames,
  type RecordReference,
} from '../../../shared/model/objects.ts';
import { actionDescriptors } from '../../../shared/workflow/actions/index.ts';
import { contextShape, listPaths } from '../../../shared/workflow/template-context.ts';
import {
  triggerDescriptor,
  type TriggerType,
  triggerTypes,
} from '../../../shared/workflow/triggers.ts';
import { activityKind } from '../../crm/activities/activity-kind.ts';
import { companyKind } from '../../crm/companies/company-kind.ts';
import { contactKind } from '../../crm/contacts/contact-kind.ts';
import { dealKind } from '../../crm/deals/deal-kind.ts';
import { openDatabase } from '../../db/open-database.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import { ReachableRecords, templateContext } from './run-context.ts';

const workflow = { id: 'w1', name: 'Workflow', owner_id: 'u1' };

/** Every path that leads to a value, as a template would walk the context. */
function pathsOf(context: unknown, prefix = ''): string[] {
  // A list, such as the tags of a record, is one value.
  if (typeof context !== 'object' || context === null || Array.isArray(context)) return [prefix];
  return Object.entries(context).flatMap(([name, member]) =>
    pathsOf(member, prefix === '' ? name : `${prefix}.${name}`),
  );
}

/** Records of each kind, linked to one another, on a file that a reader of its own looks at. */
async function linkedRecords(core: TestCore) {
  const { client } = core;
  const company = await client.companies.create({ name: 'Berg GmbH' });
  const contact = await client.contacts.create({ first_name: 'Anna', company_id: company.id });
  const deal = await client.deals.create({ title: 'Roof', contact_id: contact.id });
  const task = await client.activities.create({
    type: 'task',
    title: 'Call',
    contact_id: contact.id,
    deal_id: deal.id,
  });
  return { company, contact, deal, task };
}

async function setUp() {
  const dataDir = temporaryFolder();
  const core = createTestCore({ dataDir, start: false });
  const records = await linkedRecords(core);
  const connection = openDatabase(dataDir);
  onTestFinished(() => void connection.sqlite.close());
  const keysOf: Record<ObjectName, EventData['keys']> = {
    contact: contactKind.eventKeys(records.contact),
    company: companyKind.eventKeys(records.company),
    deal: dealKind.eventKeys(records.deal),
    task: activityKind.eventKeys(records.task),
  };
  return { core, records, reader: connection.reader, keysOf };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;

function contextOf(
  { reader, keysOf }: SetUp,
  trigger: TriggerType,
  subject: RecordReference | null,
  steps: Record<string, unknown> = {},
): object {
  const object = triggerDescriptor(trigger).object;
  const changed = object ? editableFieldsOf(object) : [];
  const event: StoredEvent = {
    seq: 1,
    id: 'e1',
    type: trigger,
    object: subject?.object ?? null,
    record_id: subject?.id ?? null,
    data: {
      keys: { ...(subject ? keysOf[subject.object] : {}), old_stage: 'proposal', new_stage: 'won' },
      changes: Object.fromEntries(changed.map(({ name }) => [name, { old: 'a', new: 'b' }])),
    },
    actor: { kind: 'user' },
    chain: [],
    occurred_at: '2026-03-02T09:00:00.000Z',
  };
  const run = { triggers: [{ type: trigger }], event, workflow, execution_id: 'x1' };
  return templateContext(reader, run, new ReachableRecords(reader, subject), steps, 'now');
}

const promised = (trigger: TriggerType, steps: Parameters<typeof contextShape>[1] = []) =>
  listPaths(contextShape([{ type: trigger }], steps)).map((entry) => entry.path);

/** The objects whose records may start a trigger's workflow: its own, or by hand any. */
const subjects = triggerTypes.flatMap((trigger) => {
  const { object } = triggerDescriptor(trigger);
  return (object ? [object] : objectNames).map((subject) => [trigger, subject] as const);
});

describe('the context a run builds has the paths the editor offers', () => {
  test.each(subjects)('%s on a %s', async (trigger, object) => {
    const ready = await setUp();
    const context = contextOf(ready, trigger, { object, id: ready.records[object].id });
    const built = pathsOf(context);
    const reachable = triggerDescriptor(trigger).supplies.filter((name) =>
      built.some((path) => path.startsWith(`${name}.`)),
    );
    // By hand a run may start on any record; what is not linked to it is missing, whole.
    const missing = triggerDescriptor(trigger).supplies.filter((name) => !reachable.includes(name));
    const { object: own, supplies } = triggerDescriptor(trigger);
    if (own !== null) expect(missing).toEqual([]);
    // A deleted record is no longer to be read.
    if (supplies.includes(object)) expect(reachable).toContain(object);
    const expected = promised(trigger).filter(
      (path) => !missing.some((name) => path.startsWith(`${name}.`)),
    );
    expect(built.toSorted((a, b) => a.localeCompare(b))).toEqual(
      expected.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  test.each(triggerTypes)('%s without a record', async (trigger) => {
    const built = pathsOf(contextOf(await setUp(), trigger, null));
    const records = triggerDescriptor(trigger).supplies;
    const expected = promised(trigger).filter(
      (path) => !records.some((name) => path.startsWith(`${name}.`)),
    );
    expect(new Set(built)).toEqual(new Set(expected));
  });

  test('and of the steps before', async () => {
    const ready = await setUp();
    const { deal, task, contact, company } = ready.records;
    const outputs = {
      create_task: { task },
      update_field: { old: null, new: 'x' },
      create_deal: { deal },
      send_notification: { notification_id: 'n1' },
      send_email: { delivery_id: 'd1', message_id: '<d1@x>' },
      webhook: { delivery_id: 'd2', status: 200, json: null, body: '' },
      add_tag: { tag: 'VIP' },
      remove_tag: { tag: 'VIP' },
      move_deal_stage: { old_stage: 'proposal', new_stage: 'won' },
      complete_task: { task },
      log_activity: { task },
      create_contact: { contact },
      create_company: { company },
      create_note: { note_id: 'n2' },
      start_workflow: { execution_id: 'x2' },
    };
    // A new action must come with its output here.
    expect(Object.keys(outputs)).toEqual(Object.keys(actionDescriptors));
    const earlier = Object.keys(outputs).map((type) => ({ type, id: `after_${type}` }));
    const steps = Object.fromEntries(
      Object.entries(outputs).map(([type, output]) => [`after_${type}`, output]),
    );
    const context = contextOf(ready, 'deal_created', { object: 'deal', id: deal.id }, steps);
    expect(new Set(pathsOf(context))).toEqual(new Set(promised('deal_created', earlier)));
  });

  test.each(triggerTypes)(
    '%s: what a real event carries is what its keys promise',
    async (type) => {
      // These are about any record, and their keys are those of the one they are about.
      // Those that time brings about: see timed-triggers.test.ts.
      if (triggerDescriptor(type).object === null || type === 'task_overdue') return;
      // A mail is sent for these in src/main/delivery/external-steps.test.ts.
      if (type.startsWith('email_')) return;
      const core = createTestCore({ start: false });
      const { client } = core;
      const { company, contact, deal, task } = await linkedRecords(core);
      await client.deals.update({ id: deal.id, stage: 'won' });
      await client.deals.update({ id: deal.id, stage: 'lost' });
      await client.contacts.update({ id: contact.id, job_title: 'Partner' });
      await client.companies.update({ id: company.id, phone: '+49 30 1' });
      await client.activities.update({ id: task.id, completed_at: '2026-03-02T09:00:00Z' });
      await client.contacts.remove({ id: contact.id });
      await client.deals.remove({ id: deal.id });
      const data = core.outside
        .prepare('SELECT data FROM events WHERE type = ?')
        .pluck()
        .get(type) as string;
      const { keys } = JSON.parse(data) as EventData;
      for (const key of triggerDescriptor(type).keys) expect(keys, key).toHaveProperty(key);
    },
  );
});

describe('the records a run reaches', () => {
  test("the contact of a deal is its primary one, the company the deal's own, else the contact's", async () => {
    const { core, records, reader } = await setUp();
    const { deal, contact, company } = records;
    const reach = () => new ReachableRecords(reader, { object: 'deal', id: deal.id });
    expect(reach().record('contact')?.id).toBe(contact.id);
    expect(reach().record('company')?.id).toBe(company.id);
    expect(reach().record('task')).toBeNull();
    const own = await core.client.companies.create({ name: 'Own' });
    await core.client.deals.update({ id: deal.id, company_id: own.id });
    expect(reach().record('company')?.id).toBe(own.id);
    await core.client.deals.update({ id: deal.id, company_id: null, contact_id: null });
    expect(reach().record('contact')).toBeNull();
    expect(reach().record('company')).toBeNull();
  });

  test.each<[ObjectName, Partial<Record<ObjectName, boolean>>]>([
    ['contact', { contact: true, company: true }],
    ['company', { company: true }],
    ['deal', { deal: true, contact: true, company: true }],
    ['task', { task: true, deal: true, contact: true, company: true }],
  ])('from a %s', async (object, reached) => {
    const { records, reader } = await setUp();
    const reachable = new ReachableRecords(reader, { object, id: records[object].id });
    for (const name of objectNames) {
      expect(reachable.record(name)?.id ?? null, name).toBe(
        reached[name] ? records[name].id : null,
      );
    }
    expect(new ReachableRecords(reader, null).record(object)).toBeNull();
  });

  test('are read anew each time', async () => {
    const { core, records, reader } = await setUp();
    const { deal } = records;
    const reachable = new ReachableRecords(reader, { object: 'deal', id: deal.id });
    await core.client.deals.update({ id: deal.id, title: 'Barn' });
    expect(reachable.record('deal')?.title).toBe('Barn');
    await core.client.deals.remove({ id: deal.id });
    expect(reachable.record('deal')).toBeNull();
    expect(reachable.record('contact')).toBeNull();
  });
});

test("the owner is the event's, else the workflow's", async () => {
  const ready = await setUp();
  const { deal } = ready.records;
  expect(contextOf(ready, 'deal_created', { object: 'deal', id: deal.id })).toMatchObject({
    owner_id: deal.owner_id,
  });
  expect(contextOf(ready, 'manual', null)).toMatchObject({
    owner_id: 'u1',
    now: 'now',
    workflow: { id: 'w1', name: 'Workflow' },
    execution: { id: 'x1' },
    user: { name: 'Me', email: null },
  });
});
