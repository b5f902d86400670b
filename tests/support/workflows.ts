import type { Execution, Workflow } from '../../src/shared/contract/workflows.ts';
import type { TestCore } from './test-core.ts';

interface StepInput {
  readonly type: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** An active workflow; its name defaults to its trigger. */
export async function activeWorkflow(
  { client }: TestCore,
  trigger: string,
  actions: readonly StepInput[],
  more: {
    name?: string;
    trigger_config?: Record<string, unknown>;
    conditions?: Record<string, unknown>;
    settings?: Record<string, unknown>;
    owner_id?: string;
  } = {},
): Promise<Workflow> {
  return client.workflows.create({
    name: more.name ?? trigger,
    status: 'active',
    trigger_type: trigger,
    actions: [...actions],
    ...more,
  });
}

/** Runs of a workflow, oldest first. */
export async function runsOf({ client }: TestCore, workflowId: string): Promise<Execution[]> {
  const { items } = await client.workflows.executions({ id: workflowId, limit: 500 });
  return items.toReversed();
}

/** The only run of a workflow. */
export async function onlyRunOf(core: TestCore, workflowId: string): Promise<Execution> {
  const runs = await runsOf(core, workflowId);
  const [run] = runs;
  if (!run || runs.length > 1) throw new Error(`There are ${runs.length} runs, not one`);
  return run;
}

export const task = (title: string, more: Record<string, unknown> = {}): StepInput => ({
  type: 'create_task',
  config: { title },
  ...more,
});

export const setField = (
  object: string,
  field: string,
  value: unknown,
  more: Record<string, unknown> = {},
): StepInput => ({ type: 'update_field', config: { object, field, value }, ...more });

export const wait = (
  config: Readonly<Record<string, unknown>>,
  more: Record<string, unknown> = {},
): StepInput => ({ type: 'wait', config, ...more });

/** One rule as a tree of conditions. */
export const only = (field: string, operator: string, value: unknown = null) => ({
  combinator: 'and',
  rules: [{ field, operator, value }],
});

export const branch = (
  conditions: object,
  yes: readonly StepInput[],
  no: readonly StepInput[] = [],
): StepInput => ({ type: 'if', config: { conditions }, then: yes, else: no });

/** Titles of all tasks, oldest first: what the runs did, in order. */
export async function titlesOf({ client }: TestCore): Promise<string[]> {
  const { items } = await client.activities.list({ limit: 500 });
  return items.map((item) => item.title).toReversed();
}

/** Lets time pass at once, and everything happen that is due by then. */
export async function pass(core: TestCore, ms: number): Promise<void> {
  core.clock.sleep(ms);
  await core.settle();
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
