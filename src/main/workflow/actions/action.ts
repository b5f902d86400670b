import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { RecordDto } from '../../../shared/model/fields/registry.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { ActionDescriptor, ConfigOf } from '../../../shared/workflow/actions/descriptor.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

export type StepChange = StepResult['changes'][number];

/** How a step ended. */
export type Outcome =
  | {
      readonly kind: 'completed';
      /** JSON that history shows and later steps find under `steps.<id>`. */
      readonly output: Readonly<Record<string, unknown>>;
      readonly changes: readonly StepChange[];
      readonly warnings: readonly string[];
    }
  /** Something leaves this computer: the run waits until it arrived or was given up. */
  | {
      readonly kind: 'wait_for';
      readonly delivery_id: string;
      readonly warnings: readonly string[];
    }
  /** Nothing was to be done, and that is right so. */
  | { readonly kind: 'skipped'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** What an action may know and touch. All its writes go through `unit`, so they commit with the run. */
export interface ActionContext {
  readonly unit: UnitOfWork;
  readonly workflow: { readonly id: string; readonly name: string; readonly owner_id: string };
  readonly execution_id: string;
  readonly step_id: string;
  /** What the same step left behind when it stopped the run and is taken again now; null for a first time. */
  readonly stopped: Readonly<Record<string, unknown>> | null;
  /** The record the event is about. */
  readonly subject: RecordReference | null;
  /** The record the run reaches as this object, as it is now; null when there is none. */
  record<O extends ObjectName>(object: O): RecordDto<O> | null;
}

/**
 * Carries out one step type. The config arrives checked, its templates rendered.
 * An expected failure is an outcome; a thrown UserError becomes one; anything else thrown is our fault.
 */
export interface ActionImplementation<D extends ActionDescriptor> {
  execute(context: ActionContext, config: ConfigOf<D>): Outcome;
}

export function completed(
  output: Readonly<Record<string, unknown>>,
  changes: readonly StepChange[] = [],
  warnings: readonly string[] = [],
): Outcome {
  return { kind: 'completed', output, changes, warnings };
}

export function failed(message: string): Outcome {
  return { kind: 'failed', message };
}
