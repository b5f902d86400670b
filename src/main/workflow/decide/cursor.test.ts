import { describe, expect, test } from 'vitest';
import { checkDefinition } from '../../../shared/workflow/check-definition.ts';
import type { Definition } from '../../../shared/workflow/definition.ts';
import { advance, type Cursor, enter, leaveList, settleCursor, startCursor } from './cursor.ts';

const task = (id: string) => ({ type: 'create_task', id, config: { title: id } });
const always = { combinator: 'and', rules: [] };

function definitionOf(actions: unknown): Definition {
  const raw = { trigger_type: 'deal_created', trigger_config: {}, actions };
  const { definition, faults, gaps } = checkDefinition(raw, { stages: ['won'] });
  if (!definition) throw new Error(JSON.stringify([...faults, ...gaps]));
  return definition;
}

const definition = definitionOf([
  task('first'),
  {
    type: 'if',
    id: 'fork',
    config: { conditions: always },
    then: [task('yes'), task('yes_2')],
    else: [],
  },
  {
    type: 'for_each',
    id: 'loop',
    config: { over: 'deal.tasks' },
    do: [
      {
        type: 'switch',
        id: 'choice',
        config: { value: '{{task.title}}' },
        cases: [
          { equals: 'a', steps: [task('a')] },
          { equals: 'b', steps: [] },
        ],
        default: [task('other')],
      },
      task('each'),
    ],
  },
  { type: 'wait', id: 'pause', config: { duration: '+1 day' }, on_timeout: [task('late')] },
  task('last'),
]);

const at = (index: number): Cursor => [{ list: 'actions', index }];
const idAt = (cursor: Cursor): string | undefined => settleCursor(definition, cursor)?.step.id;

describe('a cursor', () => {
  test('begins at the first step and ends behind the last', () => {
    expect(idAt(startCursor)).toBe('first');
    expect(idAt(at(4))).toBe('last');
    expect(settleCursor(definition, at(5))).toBeNull();
    expect(settleCursor(definition, [])).toBeNull();
  });

  test('comes back from a branch to the step behind it', () => {
    const inThen = enter(at(1), 'then');
    expect(idAt(inThen)).toBe('yes');
    expect(idAt(advance(inThen))).toBe('yes_2');
    expect(idAt(advance(advance(inThen)))).toBe('loop');
    expect(idAt(enter(at(1), 'else'))).toBe('loop');
    expect(idAt(enter(at(3), 'on_timeout'))).toBe('late');
    expect(idAt(advance(enter(at(3), 'on_timeout')))).toBe('last');
  });

  test('goes through a loop once for each record', () => {
    const visited: string[] = [];
    let cursor = enter(at(2), 'do', ['one', 'two']);
    for (;;) {
      const settled = settleCursor(definition, cursor);
      if (settled?.step.id === 'pause' || !settled) break;
      const frame = settled.cursor[1];
      visited.push(`${frame?.items?.[frame.item ?? 0] ?? ''} ${settled.step.id}`);
      cursor =
        settled.step.id === 'choice'
          ? enter(settled.cursor, visited.length === 1 ? 'case_0' : 'case_1')
          : advance(settled.cursor);
    }
    expect(visited).toEqual(['one choice', 'one a', 'one each', 'two choice', 'two each']);
  });

  test('that leaves a list goes on behind it, in a loop with the next record', () => {
    expect(idAt(leaveList(enter(at(1), 'then')))).toBe('loop');
    expect(settleCursor(definition, leaveList(at(0)))).toBeNull();
    const first = enter(at(2), 'do', ['one', 'two']);
    const next = settleCursor(definition, leaveList(first));
    expect(next?.step.id).toBe('choice');
    expect(next?.cursor.at(-1)).toMatchObject({ index: 0, item: 1 });
    expect(idAt(leaveList(next?.cursor ?? []))).toBe('pause');
  });

  test('that is damaged is at the end', () => {
    expect(idAt(at(99))).toBeUndefined();
    expect(idAt(enter(at(0), 'nowhere'))).toBe('fork');
  });

  test('survives its way through JSON', () => {
    const cursor = enter(enter(at(2), 'do', ['one', 'two']), 'default');
    expect(idAt(cursor)).toBe('other');
    const read: unknown = JSON.parse(JSON.stringify(cursor));
    expect(read).toEqual(cursor);
  });
});
