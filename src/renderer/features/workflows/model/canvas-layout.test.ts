import { expect, test } from 'vitest';
import { type CanvasLayout, layOut, pathOf, stopBeside } from './canvas-layout.ts';
import { readSteps } from './workflow-draft.ts';

const task = { type: 'create_task', config: { title: 'Call' } };
const tree = [
  task,
  {
    type: 'if',
    id: 'ask',
    config: {},
    then: [
      { ...task, id: 'big' },
      { ...task, id: 'bigger' },
    ],
    else: [{ type: 'stop', id: 'end_it', config: {} }],
  },
  { type: 'wait', id: 'pause', config: { duration: '+1 day' } },
  { type: 'wait', id: 'hope', config: { until_event: 'deal_won', timeout: '+7 days' } },
];

function box(layout: CanvasLayout, id: string) {
  const node = layout.nodes.find((one) => one.id === id);
  if (!node) throw new Error(`No node ${id}`);
  return node;
}

test('steps stand under each other, branches side by side, and nothing overlaps', () => {
  const layout = layOut(readSteps(tree));
  const { nodes } = layout;
  expect(nodes.map(({ id }) => id)).toEqual([
    'trigger',
    'step_1',
    'ask',
    'ask/0',
    'big',
    'bigger',
    'ask/1',
    'end_it',
    'pause',
    'hope',
    'hope/on',
    'hope/0',
    'end',
  ]);
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) {
      const apart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y;
      expect(apart, `${one.id} and ${other.id}`).toBe(true);
    }
  }
  expect(box(layout, 'big').x).toBeLessThan(box(layout, 'end_it').x);
  expect(box(layout, 'pause').y).toBeGreaterThan(box(layout, 'bigger').y);
  expect(box(layout, 'pause').x + box(layout, 'pause').width / 2).toBe(0);
});

test('every line begins and ends at a node or a join, and says where a step may be put', () => {
  const layout = layOut(readSteps(tree));
  const line = (id: string) => layout.lines.find((one) => one.id === id);
  expect(line('trigger>step_1')?.plus?.insert).toEqual({
    place: { parent: null, list: 0 },
    at: 0,
  });
  expect(line('bigger>ask/join')?.plus).toMatchObject({
    insert: { place: { parent: 'ask', list: 0 }, at: 2 },
    last: true,
  });
  // Nothing goes on behind a step that ends the run.
  expect(line('end_it>ask/join')).toBeUndefined();
  expect(line('ask/join>pause')?.plus?.insert.at).toBe(2);
  // The way of a wait that is kept has no list of its own.
  expect(line('hope/on>hope/join')?.plus).toBeUndefined();
  for (const one of layout.lines) expect(pathOf(one)).not.toContain('NaN');
});

test('arrow keys lead through all of it, and from branch to branch', () => {
  const layout = layOut(readSteps(tree));
  const walked = ['trigger'];
  for (;;) {
    const here = walked.at(-1) ?? '';
    const next = stopBeside(layout, here, 'next');
    if (next === here) break;
    walked.push(next);
  }
  expect(walked).toEqual(layout.nodes.map(({ id }) => id).filter((id) => id !== 'hope/on'));
  expect(stopBeside(layout, 'bigger', 'right')).toBe('ask/1');
  expect(stopBeside(layout, 'end_it', 'left')).toBe('ask/0');
  expect(stopBeside(layout, 'end_it', 'right')).toBe('end_it');
  expect(stopBeside(layout, 'trigger', 'previous')).toBe('trigger');
  expect(stopBeside(layout, 'pause', 'last')).toBe('end');
});

test('a deep tree of many branches keeps its branches apart', () => {
  const deep = (level: number): object =>
    level === 0
      ? task
      : {
          type: 'switch',
          config: { value: '{{deal.stage}}' },
          cases: [
            { equals: 'won', steps: [deep(level - 1)] },
            { equals: 'lost', steps: [deep(level - 1)] },
          ],
          default: [deep(level - 1)],
        };
  const { nodes } = layOut(readSteps([deep(3)]));
  const cards = nodes
    .filter(({ kind }) => kind === 'step')
    .toSorted((a, b) => a.y - b.y || a.x - b.x);
  expect(cards).toHaveLength(1 + 3 + 9 + 27);
  const tooNear = cards.filter((card, index) => {
    const next = cards[index + 1];
    return next?.y === card.y && next.x - card.x < card.width;
  });
  expect(tooNear).toEqual([]);
});
