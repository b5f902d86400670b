import { expect, test } from 'vitest';
import type { CauseLink } from '../../../shared/events/event-types.ts';
import { refuseLoop } from './refuse-loop.ts';

/** Runs that may follow from one another. */
const maximumDepth = 10;

const link = (workflow: string, record: string | null): CauseLink => ({
  workflow_id: workflow,
  record_id: record,
  execution_id: 'x',
});

const deep = (length: number) => Array.from({ length }, (_, index) => link(`w${index}`, 'r'));

test.each<[string, readonly CauseLink[], string | null, RegExp | null]>([
  ['nothing before it', [], 'deal', null],
  ['itself on the same record', [link('me', 'deal')], 'deal', /already ran on this record/],
  ['itself on another record', [link('me', 'other')], 'deal', null],
  ['another workflow on the same record', [link('you', 'deal')], 'deal', null],
  ['itself further back', [link('me', 'deal'), link('you', 'deal')], 'deal', /already ran/],
  ['itself, both without a record', [link('me', null)], null, /already ran/],
  ['one less than the depth', deep(maximumDepth - 1), 'deal', null],
  ['the depth', deep(maximumDepth), 'deal', /10 runs/],
])('after %s', (_, chain, record, expected) => {
  const reason = refuseLoop(chain, 'me', record);
  if (expected === null) expect(reason).toBeNull();
  else expect(reason).toMatch(expected);
  if (reason !== null) expect(reason).toMatch(/^loop: /);
});
