import { createInstance } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { workflows } from '../../../app/i18n/en/workflows.ts';
import { type WordsContext, withoutBraces } from './trigger-words.ts';
import { workflowInWords } from './workflow-words.ts';

const i18n = createInstance();
let context: WordsContext;

beforeAll(async () => {
  await i18n.init({
    lng: 'en',
    resources: { en: { workflows } },
    defaultNS: 'workflows',
    interpolation: { escapeValue: false },
  });
  context = {
    t: (key, options) => i18n.t(key, options ?? {}),
    stages: [
      { slug: 'proposal', name: 'Proposal', position: 1, kind: 'open' },
      { slug: 'won', name: 'Won', position: 2, kind: 'won' },
    ],
    formatDate: (ms) => new Date(ms).toISOString().slice(0, 10),
  };
});

const step = (type: string, config: Record<string, unknown>, enabled = true) => ({
  type,
  name: '',
  config,
  enabled,
});

describe('a workflow in words', () => {
  test.each([
    [
      'deal_created',
      {},
      [
        step('create_task', { title: 'Follow up with {{deal_title}}', due_date: '+3 days' }),
        step('update_field', { object: 'deal', field: 'description', value: 'Called' }),
      ],
      'When a deal is created, create task “Follow up with [deal title]” due in 3 days, then set the deal’s description to “Called”.',
    ],
    [
      'deal_stage_changed',
      { to_stage: 'won' },
      [
        step('send_notification', { title: 'Won', message: 'x' }),
        step('create_deal', { title: 'Renewal', stage: 'proposal' }),
      ],
      'When a deal moves to Won, notify you “Won”, then create deal “Renewal” in Proposal.',
    ],
    [
      'deal_stage_changed',
      { from_stage: 'proposal', to_stage: 'won' },
      [step('update_field', { object: 'deal', field: 'stage', value: 'won' })],
      'When a deal moves from Proposal to Won, set the deal’s stage to “Won”.',
    ],
    ['contact_created', {}, [], 'When a contact is created, nothing happens yet.'],
    [
      'contact_created',
      {},
      [step('create_task', { title: 'A' }, false), step('create_task', {})],
      'When a contact is created, create a task.',
    ],
    [
      'manual',
      {},
      [step('create_task', { title: 'Call', activity_type: 'call', due_date: '+1 business day' })],
      'When you start it by hand, create call “Call” due in 1 business day.',
    ],
    ['sunrise', {}, [step('sing', {})], 'When “sunrise” happens, do “sing”.'],
    [
      'deal_created',
      {},
      [step('update_field', { object: 'deal', field: 'description', value: '' })],
      'When a deal is created, clear the deal’s description.',
    ],
  ])('%s %j', (trigger_type, trigger_config, steps, sentence) => {
    expect(workflowInWords({ trigger_type, trigger_config, steps }, context)).toBe(sentence);
  });

  test('a long text is cut', () => {
    const steps = [step('create_task', { title: 'x'.repeat(200) })];
    const words = workflowInWords({ trigger_type: 'manual', trigger_config: {}, steps }, context);
    expect(words.length).toBeLessThan(120);
    expect(words).toContain('…');
  });

  test('filters of a variable do not show', () => {
    expect(withoutBraces('Hi {{ contact.name | upcase }}')).toBe('Hi [contact name]');
  });
});
