import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../check-definition.ts';
import { findLoops, type LinkedWorkflow } from './find-loops.ts';

const stages = ['qualification', 'proposal', 'won', 'lost'];

interface Parts {
  readonly trigger_config?: object;
  readonly conditions?: object;
}

/** A workflow whose id is its name. */
function workflow(
  name: string,
  trigger: string,
  actions: readonly object[],
  parts: Parts = {},
): LinkedWorkflow {
  const raw = { trigger_type: trigger, trigger_config: {}, actions, ...parts };
  const { definition, faults, gaps } = checkDefinition(raw, { stages });
  if (!definition) throw new Error(JSON.stringify([faults, gaps]));
  return { id: name, name, definition };
}

const set = (object: string, field: string, value: unknown) => ({
  type: 'update_field',
  config: { object, field, value },
});
const move = (stage: string) => ({ type: 'move_deal_stage', config: { stage } });
const addTag = (tag: string) => ({ type: 'add_tag', config: { object: 'deal', tag } });
const rule = (field: string, operator: string, value: unknown = null) => ({
  combinator: 'and',
  rules: [{ field, operator, value }],
});

/** `loop: A deal.stage B deal.stage A` */
function paths(id: string, workflows: readonly LinkedWorkflow[]): string[] {
  return findLoops(id, workflows).map(({ kind, links }) => {
    const way = links.map(({ to, event, field }) => ` ${field ?? event} ${to.name}`).join('');
    return `${kind}: ${links[0]?.from.name}${way}`;
  });
}

describe('a loop', () => {
  test('of two is shown as a path, from either', () => {
    const both = [
      workflow('A', 'deal_stage_changed', [move('won')], { trigger_config: { to_stage: 'lost' } }),
      workflow('B', 'deal_stage_changed', [move('lost')], { trigger_config: { to_stage: 'won' } }),
    ];
    expect(paths('A', both)).toEqual(['loop: A deal.stage B deal.stage A']);
    expect(paths('B', both)).toEqual(['loop: B deal.stage A deal.stage B']);
  });

  test('of a workflow with itself, by a change and by a new record', () => {
    expect(paths('A', [workflow('A', 'deal_updated', [set('deal', 'title', 'x')])])).toEqual([
      'loop: A deal.title A',
    ]);
    const creates = { type: 'create_deal', config: { title: 'More' } };
    expect(paths('A', [workflow('A', 'deal_created', [creates])])).toEqual([
      'loop: A deal_created A',
    ]);
  });

  test('through branches, and through a start by a step', () => {
    const inner = {
      type: 'if',
      config: { conditions: rule('deal.value', '>', 1) },
      then: [{ type: 'start_workflow', config: { workflow_id: 'B' } }],
    };
    const both = [
      workflow('A', 'deal_updated', [inner]),
      workflow('B', 'manual', [set('deal', 'title', 'x')]),
    ];
    expect(paths('A', both)).toEqual(['loop: A manual B deal.title A']);
  });

  test.each([
    [
      'a template decides the stage',
      [move('{{deal.description}}')],
      { trigger_config: { to_stage: 'won' } },
      'deal_stage_changed',
    ],
    [
      'a template decides the condition',
      [set('deal', 'title', '{{now}}')],
      { conditions: rule('deal.title', '=', 'x') },
      'deal_updated',
    ],
    [
      'a template decides the tag',
      [addTag('{{deal.title}}')],
      { trigger_config: { tag: 'vip' } },
      'tag_added',
    ],
  ])('may be one: %s', (_, actions, parts, trigger) => {
    expect(findLoops('A', [workflow('A', trigger, actions, parts)])[0]?.kind).toBe('may_loop');
  });

  test('that needs a failure may be one', () => {
    expect(findLoops('A', [workflow('A', 'workflow_failed', [addTag('x')])])).toMatchObject([
      { kind: 'may_loop' },
    ]);
  });
});

describe('no loop', () => {
  const title = rule('deal.title', '=', 'open');
  test.each<[string, string, object[], Parts]>([
    [
      'another stage',
      'deal_stage_changed',
      [move('lost')],
      { trigger_config: { to_stage: 'won' } },
    ],
    [
      'the stage it leaves',
      'deal_stage_changed',
      [move('won')],
      { trigger_config: { from_stage: 'won' } },
    ],
    [
      'another field',
      'deal_updated',
      [set('deal', 'title', 'x')],
      { trigger_config: { fields: ['value'] } },
    ],
    ['another tag', 'tag_added', [addTag('seen')], { trigger_config: { tag: 'VIP' } }],
    [
      'a tag on another object',
      'tag_added',
      [addTag('x')],
      { trigger_config: { object: 'contact' } },
    ],
    [
      'a literal the condition refuses',
      'deal_updated',
      [set('deal', 'title', 'done')],
      { conditions: title },
    ],
    [
      'a change the condition does not ask for',
      'deal_updated',
      [set('deal', 'title', 'x')],
      { conditions: rule('deal.value', 'changed') },
    ],
    [
      'a change to something else',
      'deal_updated',
      [set('deal', 'title', 'x')],
      { conditions: rule('deal.title', 'changedFromTo', ['a', 'b']) },
    ],
    [
      'a step that is off',
      'deal_updated',
      [{ ...set('deal', 'title', 'x'), enabled: false }, addTag('x')],
      { trigger_config: { fields: ['title'] } },
    ],
    ['another object', 'contact_updated', [set('company', 'name', 'x')], {}],
  ])('excluded by %s', (_, trigger, actions, parts) => {
    expect(findLoops('A', [workflow('A', trigger, actions, parts)])).toEqual([]);
  });

  test('a literal excludes nothing while another workflow may write something else', () => {
    const one = workflow('A', 'deal_updated', [set('deal', 'title', 'done')], {
      conditions: title,
    });
    const other = workflow('B', 'contact_created', [
      { type: 'for_each', config: { over: 'contact.deals' }, do: [set('deal', 'title', 'open')] },
    ]);
    expect(findLoops('A', [one, other])).toHaveLength(1);
  });
});

test('more links than a chain may have are said', () => {
  const tags = Array.from({ length: 11 }, (_, index) => `t${index}`);
  const chain = tags.map((tag, index) =>
    workflow(tag, 'tag_added', [addTag(`t${index + 1}`)], { trigger_config: { tag } }),
  );
  expect(findLoops('t3', chain)).toMatchObject([{ kind: 'long_chain' }]);
  expect(findLoops('t3', chain.slice(0, 10))).toEqual([]);
});
