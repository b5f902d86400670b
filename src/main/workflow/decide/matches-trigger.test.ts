import { expect, test } from 'vitest';
import type { EventType } from '../../../shared/events/event-types.ts';
import { type Definition, defaultWorkflowSettings } from '../../../shared/workflow/definition.ts';
import { matchesTrigger } from './matches-trigger.ts';

const moved = { old_stage: 'proposal', new_stage: 'won' };

test.each<[Definition['trigger_type'], Record<string, string>, EventType, object, boolean]>([
  ['deal_created', {}, 'deal_created', {}, true],
  ['deal_created', {}, 'deal_updated', {}, false],
  ['deal_created', {}, 'contact_created', {}, false],
  ['deal_stage_changed', {}, 'deal_stage_changed', moved, true],
  ['deal_stage_changed', { to_stage: 'won' }, 'deal_stage_changed', moved, true],
  ['deal_stage_changed', { to_stage: 'lost' }, 'deal_stage_changed', moved, false],
  ['deal_stage_changed', { from_stage: 'proposal' }, 'deal_stage_changed', moved, true],
  ['deal_stage_changed', { from_stage: 'won' }, 'deal_stage_changed', moved, false],
  [
    'deal_stage_changed',
    { from_stage: 'proposal', to_stage: 'won' },
    'deal_stage_changed',
    moved,
    true,
  ],
  [
    'deal_stage_changed',
    { from_stage: 'proposal', to_stage: 'lost' },
    'deal_stage_changed',
    moved,
    false,
  ],
  ['deal_stage_changed', { to_stage: 'won' }, 'deal_won', moved, false],
  ['deal_stage_changed', { to_stage: 'won' }, 'deal_stage_changed', {}, false],
  ['manual', {}, 'deal_created', {}, false],
])('%s %j hears %s %j: %s', (trigger, config, type, keys, expected) => {
  const definition = {
    trigger_type: trigger,
    trigger_config: config,
    conditions: null,
    settings: defaultWorkflowSettings,
    actions: [],
  };
  const event = { type, object: null, data: { keys: { ...keys }, changes: {} } };
  expect(matchesTrigger({ id: 'w', definition }, event)).toBe(expected);
});

test('fields, object and tag narrow a trigger', () => {
  const hears = (config: Definition['trigger_config'], type: 'deal_updated' | 'tag_added') =>
    matchesTrigger(
      {
        id: 'w',
        definition: {
          trigger_type: type,
          trigger_config: config,
          conditions: null,
          settings: defaultWorkflowSettings,
          actions: [],
        },
      },
      {
        type,
        object: 'deal',
        data: { keys: { tag: 'Vip' }, changes: { value: { old: 1, new: 2 } } },
      },
    );
  expect(hears({ fields: ['title', 'value'] }, 'deal_updated')).toBe(true);
  expect(hears({ fields: ['title'] }, 'deal_updated')).toBe(false);
  expect(hears({ tag: ' víp', object: 'deal' }, 'tag_added')).toBe(true);
  expect(hears({ tag: 'vip', object: 'contact' }, 'tag_added')).toBe(false);
  expect(hears({ tag: 'other' }, 'tag_added')).toBe(false);
});
