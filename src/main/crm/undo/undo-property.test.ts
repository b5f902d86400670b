import { expect, test } from 'vitest';
import { type LogicalDump, logicalDump } from '../../../../tests/support/logical-dump.ts';
import { seededRandom } from '../../../../tests/support/seeded-random.ts';
import { createTestCore, type TestCore } from '../../../../tests/support/test-core.ts';
import { UserActor } from '../../../../tests/support/user-actor.ts';

const actionCount = 200;

/** Every state on the way, the first before anything was done. */
async function act(core: TestCore, seed: number): Promise<LogicalDump[]> {
  const actor = new UserActor(core.client, seededRandom(seed));
  const states = [logicalDump(core.outside)];
  while (states.length <= actionCount) {
    // What changes nothing is no action, and there is nothing to undo.
    if (await actor.act()) states.push(logicalDump(core.outside));
  }
  return states;
}

test.each([1, 2, 3, 4])(
  '200 user actions undone one by one go back the whole way, and redone come again (seed %i)',
  { timeout: 60_000 },
  async (seed) => {
    const core = createTestCore({ start: false });
    const states = await act(core, seed);
    for (let index = states.length - 2; index >= 0; index -= 1) {
      const { action, conflict_count } = await core.client.history.undo();
      expect(action).not.toBeNull();
      expect(conflict_count).toBe(0);
      expect(logicalDump(core.outside)).toEqual(states[index]);
    }
    expect((await core.client.history.undo()).action).toBeNull();
    for (const state of states.slice(1)) {
      expect((await core.client.history.redo()).conflict_count).toBe(0);
      expect(logicalDump(core.outside)).toEqual(state);
    }
    expect((await core.client.history.redo()).action).toBeNull();
  },
);
