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
  more: { name?: string; trigger_config?: Record<string, unknown>; owner_id?: string } = {},
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
