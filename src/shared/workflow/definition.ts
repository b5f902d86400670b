import { z } from 'zod';
import type { ActionType } from './actions/index.ts';
import type { TriggerType } from './triggers.ts';

export const workflowStatuses = ['draft', 'active', 'paused'] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

/** Read without regard to case, since people write it by SQL; anything unknown counts as a draft. */
export function readWorkflowStatus(text: string): WorkflowStatus {
  const lower = text.trim().toLowerCase();
  return workflowStatuses.find((status) => status === lower) ?? 'draft';
}

export const executionStatuses = [
  'queued',
  'running',
  'succeeded',
  'partial',
  'failed',
  'skipped',
] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

export const onErrorChoices = ['stop', 'continue'] as const;

/** A fault or a gap in a definition, with the path to it: `actions[2].config.due_date`. */
export const problemSchema = z.object({ path: z.string(), code: z.string(), message: z.string() });

export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The parts of a workflow that say what it does, as the user wrote them. */
export interface RawDefinition {
  readonly trigger_type: string;
  readonly trigger_config: unknown;
  readonly actions: unknown;
}

/** A step of a definition that was checked. */
export interface Step {
  readonly id: string;
  readonly type: ActionType;
  readonly name?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly enabled: boolean;
  readonly on_error: (typeof onErrorChoices)[number];
}

/** A definition without faults, step ids filled in: what a version stores and a run follows. */
export interface Definition {
  readonly trigger_type: TriggerType;
  readonly trigger_config: Readonly<Record<string, string>>;
  readonly actions: readonly Step[];
}
