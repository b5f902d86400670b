import { expect, test } from 'vitest';
import type { EventType } from '../../../shared/events/event-types.ts';
import type { Definition } from '../../../shared/workflow/definition.ts';
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
  const definition = { trigger_type: trigger, trigger_config: config, actions: [] };
  const event = { type, data: { keys: { ...keys }, changes: {} } };
  expect(matchesTrigger(definition, event)).toBe(expected);
});
