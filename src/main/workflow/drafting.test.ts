import { expect, test } from 'vitest';
import { renderTemplate } from '../../shared/workflow/template.ts';
import { createTestCore } from '../../../tests/support/test-core.ts';

test('conditions count the records that are like them now', async () => {
  const core = createTestCore();
  for (const value of [100, 9000, 12000]) {
    await core.client.deals.create({ title: `Deal ${value}`, value });
  }
  const count = (rules: object[]) =>
    core.client.drafting.count_matching({
      object: 'deal',
      conditions: { combinator: 'and', rules },
      time_zone: null,
    });
  expect(await count([{ field: 'deal.value', operator: '>', value: 5000 }])).toEqual({
    matching: 2,
    total: 3,
  });
  expect(await count([{ field: 'contact.email', operator: 'notNull', value: '' }])).toEqual({
    matching: 0,
    total: 3,
  });
  await expect(count([{ field: '', operator: '=', value: '' }])).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

test('a sample holds frozen values of the event and live ones of now', async () => {
  const core = createTestCore();
  const contact = await core.client.contacts.create({ first_name: 'Anna', last_name: 'Berg' });
  const deal = await core.client.deals.create({ title: 'Roof', contact_id: contact.id });
  await core.client.deals.update({ id: deal.id, title: 'Roof and door' });
  const sample = await core.client.drafting.sample({
    triggers: [{ type: 'deal_created', config: {} }],
    record: { object: 'deal', id: deal.id },
    workflow_name: 'Follow up',
  });
  expect(sample.event).toMatchObject({ type: 'deal_created' });
  const template = '{{deal_title}} / {{deal.title}} / {{contact.name}} / {{workflow.name}}';
  expect(renderTemplate(template, sample.context).text).toBe(
    'Roof / Roof and door / Anna Berg / Follow up',
  );
  const never = await core.client.drafting.sample({
    triggers: [{ type: 'deal_won', config: {} }],
    record: { object: 'deal', id: deal.id },
    workflow_name: '',
  });
  expect(never.event).toBeNull();
  expect(renderTemplate('{{deal_title}}', never.context).text).toBe('Roof and door');
  await expect(
    core.client.drafting.sample({
      triggers: [],
      record: { object: 'deal', id: 'nobody' },
      workflow_name: '',
    }),
  ).rejects.toMatchObject({ code: 'not_found' });
});
