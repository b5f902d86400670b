import { expect, test } from 'vitest';
import { checkDefinition } from '../../../../shared/workflow/check-definition.ts';
import { webhookForms } from './webhook-forms.ts';

test.each(Object.entries(webhookForms))(
  'the ready form for %s is a step without a fault',
  (_name, config) => {
    const { faults, gaps } = checkDefinition(
      { trigger_type: 'deal_created', trigger_config: {}, actions: [{ type: 'webhook', config }] },
      { stages: ['qualification'] },
    );
    expect([...faults, ...gaps]).toEqual([]);
  },
);

test('a secret stands in no form, only its name', () => {
  expect(webhookForms.twilio.secret_headers).toEqual({ Authorization: 'twilio' });
});
