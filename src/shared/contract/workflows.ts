import { z } from 'zod';
import { errorKinds } from '../model/error-kind.ts';
import {
  endReasons,
  executionStatuses,
  pauseModes,
  problemSchema,
  workflowStatuses,
} from '../workflow/definition.ts';
import { base } from './errors.ts';
import { whySchema } from './why.ts';
import { idInput, pageOf, pageQuery, recordReferenceSchema, searchQuery } from './lists.ts';

const namedWorkflow = z.object({ id: z.string(), name: z.string() });

/** A way by which workflows may start each other for ever; at run time it is stopped. */
export const loopWarningSchema = z.object({
  /** `may_loop`: a template or a failure decides. `long_chain`: no loop, but more links than a chain may have. */
  code: z.enum(['loop', 'may_loop', 'long_chain']),
  message: z.string(),
  links: z.array(
    z.object({
      from: namedWorkflow,
      to: namedWorkflow,
      event: z.string(),
      /** `deal.stage`; null where no field is the cause. */
      field: z.string().nullable(),
    }),
  ),
});

export const workflowSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  status: z.enum(workflowStatuses),
  trigger_type: z.string(),
  trigger_config: z.record(z.string(), z.unknown()),
  /** All triggers; the first is `trigger_type` with `trigger_config`. */
  triggers: z.array(z.object({ type: z.string(), config: z.record(z.string(), z.unknown()) })),
  /** The secret of its address, `/api/hooks/{key}`; null unless it waits for a webhook. */
  hook_key: z.string().nullable(),
  /** As the user wrote them; a text in the file that is no JSON list reads as empty, with a problem. */
  actions: z.array(z.unknown()),
  owner_id: z.string(),
  execution_count: z.number(),
  last_executed_at: z.string().nullable(),
  /** Why an active workflow does not run; null when it does. */
  parked_reason: z.string().nullable(),
  /** What the pause means for runs that wait: they are frozen, they finish (`drain`), or they were cancelled. */
  pause_mode: z.enum(pauseModes).nullable(),
  /** Why Trellis paused it by itself; null when somebody did, or when it is not paused. */
  paused_reason: z.string().nullable(),
  /** Addresses near this computer that came with a file: it is turned on only with `confirm_addresses`. */
  unconfirmed_addresses: z.array(z.string()),
  /** What stands between this definition and running. */
  problems: z.array(problemSchema),
  /** Loops it may be part of with the active workflows: they refuse nothing. Empty in lists, which do not look. */
  warnings: z.array(loopWarningSchema),
  /** What the record must be like when the event comes; null asks nothing. */
  conditions: z.record(z.string(), z.unknown()).nullable(),
  settings: z.record(z.string(), z.unknown()).nullable(),
  /** Number of the version that runs next; null when none was published. */
  version: z.number().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type Workflow = z.infer<typeof workflowSchema>;

const statusInput = z
  .string('status must be one of: draft, active, paused')
  .trim()
  .toLowerCase()
  .pipe(z.enum(workflowStatuses, 'status must be one of: draft, active, paused'));

const definitionInput = {
  description: z.string('description must be text').max(5_000).nullable().optional(),
  status: statusInput.optional(),
  trigger_config: z
    .record(z.string(), z.unknown(), 'trigger_config must be an object')
    .nullable()
    .optional(),
  triggers: z
    .array(z.unknown(), 'triggers must be a list such as [{"type": "deal_created"}]')
    .min(1, 'triggers must hold at least one trigger such as {"type": "deal_created"}')
    .optional(),
  actions: z.array(z.unknown(), 'actions must be a list of steps').optional(),
  conditions: z
    .record(z.string(), z.unknown(), 'conditions must be an object')
    .nullable()
    .optional(),
  settings: z.record(z.string(), z.unknown(), 'settings must be an object').nullable().optional(),
  owner_id: z.string('owner_id must be text').optional(),
};

/** Allows the addresses near this computer that came with a file, for good. */
const confirmAddressesInput = z.boolean('confirm_addresses must be true or false').optional();

const nameInput = z.string('name must be text').trim().min(1, 'name must not be empty').max(200);
const triggerTypeInput = z.string('trigger_type must be text such as deal_created');

export const stepResultSchema = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  /**
   * `skipped`: the step is switched off, or was left out by hand. `parked`: it needs the user. `retried`: it failed or
   * was parked, and was taken again; the next entry of the step says how that went. A step a failed run never reached
   * is not listed.
   */
  status: z.enum(['succeeded', 'failed', 'skipped', 'waiting', 'parked', 'retried']),
  /** The config with its templates rendered. */
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
  /** Who can mend it; null without an error, and where only a decision is asked for. */
  error_kind: z.enum(errorKinds).nullable(),
  /** For example a variable that was empty. */
  warnings: z.array(z.string()),
  /** Fields the step changed, old and new, per record. */
  changes: z.array(
    z.object({
      object: z.enum(['contact', 'company', 'deal', 'task']),
      id: z.string(),
      fields: z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() })),
    }),
  ),
});

export type StepResult = z.infer<typeof stepResultSchema>;

export const executionSchema = z.object({
  id: z.string(),
  workflow_id: z.string(),
  workflow_name: z.string(),
  status: z.enum(executionStatuses),
  success_count: z.number(),
  failure_count: z.number(),
  duration_seconds: z.number().nullable(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  error_message: z.string().nullable(),
  /** Who can mend it; null without an error, and where only a decision is asked for. */
  error_kind: z.enum(errorKinds).nullable(),
  /** Why it ended before its last step, when no failure ended it. */
  end_reason: z.enum(endReasons).nullable(),
  /** Started by hand on a record that the entry conditions would have refused. */
  bypassed_conditions: z.boolean(),
  actions_executed: z.array(stepResultSchema),
  /** When a waiting run goes on; null when it does not wait, or not for a time. */
  waiting_until: z.string().nullable(),
  waiting_for: z
    .object({
      /** `external`: a mail or a webhook on its way. `decision`: its time was missed while nothing was running, and the user is asked. */
      kind: z.enum(['time', 'field', 'event', 'condition', 'decision', 'external']),
      /** The field or the event it waits for, or the time that was missed. */
      detail: z.string().nullable(),
    })
    .nullable(),
  /** What started it. */
  event_type: z.string(),
  record: recordReferenceSchema.nullable(),
  record_name: z.string().nullable(),
  version: z.number().nullable(),
  /** The run this one repeats; null for one that an event or a person started. */
  restart_of: z.string().nullable(),
  created_at: z.string(),
});

export type Execution = z.infer<typeof executionSchema>;

const startInput = z.strictObject({
  id: z.string(),
  contact_id: z.string('contact_id must be text').optional(),
  deal_id: z.string('deal_id must be text').optional(),
  company_id: z.string('company_id must be text').optional(),
  activity_id: z.string('activity_id must be text').optional(),
});

/** Which version a run goes on with: the one it began with, or the newest. */
const versionChoice = z.enum(['own', 'latest'], 'version must be own or latest').optional();

export const workflows = {
  list: base
    .route({ method: 'GET', path: '/workflows' })
    .input(z.strictObject(searchQuery).optional())
    .output(pageOf(workflowSchema)),
  get: base.route({ method: 'GET', path: '/workflows/{id}' }).input(idInput).output(workflowSchema),
  create: base
    .route({ method: 'POST', path: '/workflows', successStatus: 201 })
    .input(
      z.strictObject({
        name: nameInput,
        /** May be left out where `triggers` says it. */
        trigger_type: triggerTypeInput.optional(),
        ...definitionInput,
      }),
    )
    .output(workflowSchema),
  update: base
    .route({ method: 'PATCH', path: '/workflows/{id}' })
    .input(
      z.strictObject({
        id: z.string(),
        name: nameInput.optional(),
        trigger_type: triggerTypeInput.optional(),
        ...definitionInput,
        confirm_addresses: confirmAddressesInput,
        /** Runs that wait on an older version: they keep it (the default), move to the newest, or end. */
        waiting_runs: z
          .enum(['keep', 'move', 'cancel'], 'waiting_runs must be keep, move or cancel')
          .optional(),
      }),
    )
    .output(workflowSchema),
  remove: base
    .route({ method: 'DELETE', path: '/workflows/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
  execute: base
    .route({
      method: 'POST',
      path: '/workflows/{id}/execute',
      successStatus: 202,
      summary: 'Start a workflow by hand',
    })
    .input(startInput)
    .output(z.object({ execution_id: z.string() })),
  executions: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/executions',
      summary: 'List the runs of a workflow',
    })
    .input(
      z.strictObject({
        id: z.string(),
        /** Only runs that follow this version. */
        version: z.coerce
          .number('version must be the number of a version')
          .int('version must be a whole number')
          .optional(),
        ...pageQuery,
      }),
    )
    .output(pageOf(executionSchema)),
  /**
   * Takes nothing in any more. Runs that wait are frozen (time-outs and durations go on counting when the workflow is
   * on again), finish (`drain`, the default, and what `status: paused` means), or are cancelled.
   */
  pause: base
    .route({ method: 'POST', path: '/workflows/{id}/pause' })
    .input(
      z.strictObject({
        id: z.string(),
        runs: z.enum(pauseModes, 'runs must be freeze, drain or cancel').optional(),
      }),
    )
    .output(workflowSchema),
  /** Turns a paused workflow on again, as `status: active` does. */
  resume: base
    .route({ method: 'POST', path: '/workflows/{id}/resume' })
    .input(z.strictObject({ id: z.string(), confirm_addresses: confirmAddressesInput }))
    .output(workflowSchema),
  /**
   * Why an event, or each of the newest events of a record, did or did not start the workflow. Exactly one of the
   * parameters says which.
   */
  why: base
    .route({ method: 'GET', path: '/workflows/{id}/why' })
    .input(
      z.strictObject({
        id: z.string(),
        event_id: z.string().optional(),
        contact_id: z.string().optional(),
        company_id: z.string().optional(),
        deal_id: z.string().optional(),
        activity_id: z.string().optional(),
      }),
    )
    .output(z.object({ items: z.array(whySchema) })),
  /** How many runs wait on an older version, and how many of them stand at a step the newest has. */
  older_runs: base.input(idInput).output(z.object({ waiting: z.number(), movable: z.number() })),
  /** Moves runs that wait on an older version to the step of the same id in the newest, or cancels them. */
  apply_version: base
    .route({ method: 'POST', path: '/workflows/{id}/apply_version' })
    .input(
      z.strictObject({
        id: z.string(),
        waiting_runs: z.enum(['move', 'cancel'], 'waiting_runs must be move or cancel'),
      }),
    )
    .output(z.object({ moved: z.number(), cancelled: z.number(), kept: z.number() })),
  /** How many runs wait, are queued or parked, or failed and were not gone on with. */
  open_runs: base.input(idInput).output(
    z.object({
      waiting: z.number(),
      queued: z.number(),
      parked: z.number(),
      failed: z.number(),
    }),
  ),
  /**
   * Goes on with all failed runs of a workflow, oldest first: each from its failed step, or from its first step as a
   * new run. `refused` counts those that could not, for example because the version lacks their step.
   */
  retry_failed: base
    .route({ method: 'POST', path: '/workflows/{id}/retry_failed' })
    .input(
      z.strictObject({
        id: z.string(),
        version: versionChoice,
        how: z.enum(['resume', 'restart'], 'how must be resume or restart').optional(),
      }),
    )
    .output(z.object({ count: z.number(), refused: z.number() })),
  /** For the list screen: the last 30 runs of each workflow, oldest first, and the success rate of all. */
  health: base
    .route({
      method: 'GET',
      path: '/workflow_health',
      summary: 'The last runs and the success rate of each workflow',
    })
    .output(
      z.array(
        z.object({
          workflow_id: z.string(),
          last_runs: z.array(z.object({ id: z.string(), status: z.enum(executionStatuses) })),
          /** 0 to 1; null before the first run. */
          success_rate: z.number().nullable(),
        }),
      ),
    ),
};

const againInput = z.strictObject({ id: z.string(), version: versionChoice });

export const executions = {
  /** Goes on with a failed or parked run at the step it stopped at, which is taken again. */
  retry: base
    .route({ method: 'POST', path: '/executions/{id}/retry' })
    .input(againInput)
    .output(executionSchema),
  /** Goes on with a failed or parked run behind the step it stopped at, which is left out. */
  skip: base
    .route({ method: 'POST', path: '/executions/{id}/skip' })
    .input(againInput)
    .output(executionSchema),
  /** Starts a run that is over once more, from its first step; answers the new run. */
  restart: base
    .route({ method: 'POST', path: '/executions/{id}/restart', successStatus: 202 })
    .input(againInput)
    .output(executionSchema),
  /** Ends a run that waits, is parked or has not started; what it did stays. Refused with `conflict` when it is over. */
  cancel: base
    .route({
      method: 'POST',
      path: '/executions/{id}/cancel',
      summary: 'End a run that waits or has not begun',
    })
    .input(idInput)
    .output(executionSchema),
  /** Ends the wait of a waiting run now, as if what it waits for had come. */
  fire_now: base
    .route({
      method: 'POST',
      path: '/executions/{id}/fire_now',
      summary: 'End the wait of a run now',
    })
    .input(idInput)
    .output(executionSchema),
  get: base
    .route({ method: 'GET', path: '/executions/{id}' })
    .input(idInput)
    .output(executionSchema),
  /** For the screens: runs of all workflows, newest first. */
  list: base
    .route({ method: 'GET', path: '/executions', summary: 'List runs of all workflows' })
    .input(
      z
        .strictObject({
          ...pageQuery,
          record: recordReferenceSchema.optional(),
          workflow_id: z.string().optional(),
          status: z
            .enum(executionStatuses, `status must be one of: ${executionStatuses.join(', ')}`)
            .optional(),
          /** Came to be at this instant or later. */
          from: z.iso.datetime('from must be an instant such as 2026-03-02T00:00:00Z').optional(),
          /** Came to be before this instant. */
          to: z.iso.datetime('to must be an instant such as 2026-03-02T00:00:00Z').optional(),
          /** Has a failed step of this id. */
          failed_step: z.string().optional(),
        })
        .optional(),
    )
    .output(pageOf(executionSchema)),
};
