import { createInstance } from 'i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { workflows } from '../../../app/i18n/en/workflows.ts';
import { type WordsContext, withoutBraces } from './trigger-words.ts';
import { conditionsInWords } from './condition-words.ts';
import { waitInWords } from './flow-words.ts';
import { workflowInWords } from './workflow-words.ts';

const i18n = createInstance();
let context: WordsContext;
const inSales = { pipeline: 'sales', probability: 50 };

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
      { slug: 'proposal', name: 'Proposal', position: 1, kind: 'open', ...inSales },
      { slug: 'won', name: 'Won', position: 2, kind: 'won', ...inSales },
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

  test.each([
    [{ duration: '+3 days' }, 'wait 3 days'],
    [
      { duration: '+1 business day', business_hours: true },
      'wait 1 business day, in business hours',
    ],
    [{ until: '2026-12-31T12:00:00Z' }, 'wait until 2026-12-31'],
    [
      { until_field: 'deal.expected_close_date', offset: '-2 days' },
      'wait until 2 days before the deal’s expected close',
    ],
    [{ until_time: '09:00', weekdays: ['mon', 'fri'] }, 'wait until 09:00 on Mon, Fri'],
    [{ until_event: 'deal_won', timeout: '+7 days' }, 'wait until the deal is won, 7 days at most'],
    [
      {
        until_condition: {
          combinator: 'and',
          rules: [{ field: 'deal.stage', operator: '=', value: 'won' }],
        },
      },
      'wait until deal stage is Won',
    ],
    [{}, 'wait'],
  ])('%j', (config, words) => {
    expect(waitInWords(config, context)).toBe(words);
  });

  test.each([
    [{ field: 'deal.value', operator: '>', value: '5000' }, 'deal value is more than 5,000'],
    [{ field: 'deal.value', operator: 'between', value: [1, 2] }, 'deal value is between 1 and 2'],
    [
      { field: 'deal.stage', operator: 'in', value: ['won', 'proposal'] },
      'deal stage is one of Won, Proposal',
    ],
    [
      { field: 'contact.email', operator: 'endsWith', value: '@x.de' },
      'contact email ends with “@x.de”',
    ],
    [{ field: 'contact.tags', operator: 'hasTag', value: 'vip' }, 'the contact has the tag “vip”'],
    [
      { field: 'deal.expected_close_date', operator: '<', value: '2026-12-31' },
      'deal expected close is before 2026-12-31',
    ],
    [
      { field: 'deal.expected_close_date', operator: 'inNextDays', value: 7 },
      'deal expected close is in the next 7 days',
    ],
    [
      { field: 'deal.stage', operator: 'changedFromTo', value: ['', 'won'] },
      'deal stage has changed from anything to Won',
    ],
    [{ field: 'company.domain', operator: 'null', value: '' }, 'company domain is empty'],
    [{ field: '', operator: '=', value: '' }, '… is …'],
  ])('%j', (rule, words) => {
    expect(conditionsInWords({ combinator: 'and', rules: [rule] }, context)).toBe(words);
  });

  test('branches, brackets where several steps stand in one, entry conditions', () => {
    const rule = (field: string, value: unknown) => ({ field, operator: '=', value });
    const lists = [
      { name: 'then', equals: '', steps: [step('create_task', { title: 'A' }), step('stop', {})] },
      { name: 'else', equals: '', steps: [step('add_tag', { object: 'deal', tag: 'small' })] },
    ];
    const conditions = {
      combinator: 'or',
      rules: [
        rule('deal.stage', 'won'),
        { combinator: 'and', not: true, rules: [rule('deal.value', 1), rule('deal.value', 2)] },
      ],
    };
    const branch = {
      ...step('if', { conditions: { combinator: 'and', rules: [rule('deal.title', 'x')] } }),
      lists,
    };
    const workflow = {
      trigger_type: 'deal_created',
      trigger_config: {},
      conditions,
      steps: [branch, step('wait', { duration: '+3 days' })],
    };
    expect(workflowInWords(workflow, context)).toBe(
      'When a deal is created and (deal stage is Won or not (deal value is 1 and deal value is 2)), if deal title is “x”, create task “A” and stop, otherwise add the tag “small” to the deal, then wait 3 days.',
    );
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
