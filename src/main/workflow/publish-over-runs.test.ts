import { describe, expect, test } from 'vitest';
import { createTestCore, type TestCore } from '../../../tests/support/test-core.ts';
import {
  activeWorkflow,
  hour,
  onlyRunOf,
  pass,
  task,
  titlesOf,
  wait,
} from '../../../tests/support/workflows.ts';

const pause = wait({ duration: '+1 hour' }, { id: 'pause' });

async function waiting(core: TestCore) {
  const workflow = await activeWorkflow(core, 'deal_created', [task('before'), pause, task('old')]);
  await core.client.deals.create({ title: 'Roof' });
  await core.settle();
  return workflow;
}

describe('publishing over runs that wait', () => {
  test('keeps them on their version when nothing is said', async () => {
    const core = createTestCore();
    const { id } = await waiting(core);
    await core.client.workflows.update({ id, actions: [pause, task('new')] });
    expect(await core.client.workflows.older_runs({ id })).toEqual({ waiting: 1, movable: 1 });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['before', 'old']);
  });

  test('moves them to the step of the same id; what they wait for stays', async () => {
    const core = createTestCore();
    const { id } = await waiting(core);
    const branch = {
      type: 'if',
      config: { conditions: { combinator: 'and', rules: [] } },
      then: [wait({ duration: '+9 hours' }, { id: 'pause' }), task('new')],
    };
    await core.client.workflows.update({
      id,
      actions: [branch, task('end')],
      waiting_runs: 'move',
    });
    expect(await onlyRunOf(core, id)).toMatchObject({
      version: 2,
      waiting_until: '2026-03-02T10:00:00.000Z',
    });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['before', 'new', 'end']);
  });

  test.each([
    ['without their step', [task('new')]],
    ['with something else under its id', [task('new', { id: 'pause' })]],
  ])('keeps those the new version is %s', async (_, actions) => {
    const core = createTestCore();
    const { id } = await waiting(core);
    await core.client.workflows.update({ id, actions });
    expect(await core.client.workflows.apply_version({ id, waiting_runs: 'move' })).toEqual({
      moved: 0,
      cancelled: 0,
      kept: 1,
    });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['before', 'old']);
  });

  test('cancels them', async () => {
    const core = createTestCore();
    const { id } = await waiting(core);
    await core.client.workflows.update({
      id,
      actions: [pause, task('new')],
      waiting_runs: 'cancel',
    });
    expect(await onlyRunOf(core, id)).toMatchObject({ status: 'cancelled' });
    await pass(core, hour);
    expect(await titlesOf(core)).toEqual(['before']);
  });
});
