import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { RecordReference } from '../../../shared/model/objects.ts';
import type { Step } from '../../../shared/workflow/definition.ts';
import { actionDescriptors } from '../../../shared/workflow/actions/index.ts';
import type { ActionDescriptor } from '../../../shared/workflow/actions/descriptor.ts';
import { type RenderedTemplate, renderTemplate } from '../../../shared/workflow/template.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, messageOf, UserError } from '../../errors.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import type { Clock } from '../../ports.ts';
import type { Outcome } from '../actions/action.ts';
import { executeAction } from '../actions/index.ts';
import type { ListeningWorkflow } from './workflow-catalog.ts';
import { type FinishedRun, saveFinishedRun } from '../store/execution-store.ts';
import { ReachableRecords, templateContext } from './run-context.ts';

export interface RunRequest {
  readonly execution_id: string;
  readonly workflow: ListeningWorkflow;
  readonly event: StoredEvent;
}

/** What the log must say about a run; null when nothing went wrong. */
export interface RunReport {
  readonly error: string | null;
}

/**
 * Carries out a run inside the unit of work that dispatches its event: its steps, its history and the mark on the
 * event commit together. Each step has a savepoint, so a failing one keeps those before it.
 */
export function executeRun(unit: UnitOfWork, clock: Clock, request: RunRequest): RunReport {
  const { workflow, event, execution_id } = request;
  const subject: RecordReference | null =
    event.object === null || event.record_id === null
      ? null
      : { object: event.object, id: event.record_id };
  const startedAt = clock.elapsed();
  const link = { workflow_id: workflow.id, record_id: event.record_id, execution_id };
  const origin = {
    actor: { kind: 'workflow', workflow_id: workflow.id, execution_id },
    chain: [...event.chain, link],
  } as const;
  const steps = unit.as(origin, () => executeSteps(unit, request, subject));

  const failures = steps.filter((step) => step.status === 'failed');
  const stopped = failures.some((failure) => onErrorOf(workflow, failure.id) === 'stop');
  const first = failures[0];
  const position = first
    ? workflow.definition.actions.findIndex((step) => step.id === first.id) + 1
    : 0;
  const error = first ? `Step ${position} ${first.type}: ${first.error}` : null;
  const durationMs = Math.max(0, clock.elapsed() - startedAt);
  finishRun(unit, {
    id: execution_id,
    workflow_id: workflow.id,
    version_id: workflow.version_id,
    event_id: event.id,
    record: subject,
    status: failures.length === 0 ? 'succeeded' : stopped ? 'failed' : 'partial',
    success_count: steps.filter((step) => step.status === 'succeeded').length,
    failure_count: failures.length,
    duration_seconds: Math.round(durationMs * 1_000) / 1_000_000,
    started_at: unit.nowText,
    finished_at: new Date(unit.now + Math.round(durationMs)).toISOString(),
    error_message: error,
    steps,
  });
  return { error };
}

function onErrorOf(workflow: ListeningWorkflow, stepId: string): Step['on_error'] {
  return workflow.definition.actions.find((step) => step.id === stepId)?.on_error ?? 'stop';
}

function finishRun(unit: UnitOfWork, run: FinishedRun): void {
  saveFinishedRun(unit.db, run);
  if (run.status !== 'skipped') {
    unit.db.run(
      'UPDATE workflows SET execution_count = execution_count + 1, last_executed_at = ? WHERE id = ?',
      run.started_at,
      run.workflow_id,
    );
  }
  unit.touch('execution', run.id);
  unit.touch('workflow', run.workflow_id);
}

/** Keeps a start that was refused in the history, with its reason. */
export function skipRun(unit: UnitOfWork, request: RunRequest, reason: string): void {
  const { workflow, event, execution_id } = request;
  finishRun(unit, {
    id: execution_id,
    workflow_id: workflow.id,
    version_id: workflow.version_id,
    event_id: event.id,
    record:
      event.object === null || event.record_id === null
        ? null
        : { object: event.object, id: event.record_id },
    status: 'skipped',
    success_count: 0,
    failure_count: 0,
    duration_seconds: 0,
    started_at: unit.nowText,
    finished_at: unit.nowText,
    error_message: `skipped: ${reason}`,
    steps: [],
  });
}

function executeSteps(
  unit: UnitOfWork,
  request: RunRequest,
  subject: RecordReference | null,
): StepResult[] {
  const { workflow, event, execution_id } = request;
  const records = new ReachableRecords(unit.db, subject);
  const outputs: Record<string, unknown> = {};
  const results: StepResult[] = [];
  const run = { trigger: workflow.definition.trigger_type, event, workflow, execution_id };
  for (const step of workflow.definition.actions) {
    if (!step.enabled) {
      results.push({ ...emptyResult(step), status: 'skipped' });
      continue;
    }
    const context = templateContext(unit.db, run, records, outputs, unit.nowText);
    const result = executeStep(unit, step, context, (config) =>
      executeAction(
        step.type,
        {
          unit,
          workflow,
          execution_id,
          subject,
          record: (object) => records.record(object),
        },
        config,
      ),
    );
    results.push(result);
    if (result.output) outputs[step.id] = result.output;
    if (result.status === 'failed' && step.on_error === 'stop') break;
  }
  return results;
}

function emptyResult(step: Step): StepResult {
  return {
    id: step.id,
    type: step.type,
    name: step.name ?? null,
    status: 'succeeded',
    input: { ...step.config },
    output: null,
    error: null,
    warnings: [],
    changes: [],
  };
}

function executeStep(
  unit: UnitOfWork,
  step: Step,
  context: object,
  act: (config: Record<string, unknown>) => Outcome,
): StepResult {
  const result = emptyResult(step);
  try {
    const { config, warnings } = renderConfig(step, context);
    result.input = config;
    result.warnings = warnings;
    const outcome = unit.attempt(() => {
      const ended = act(config);
      // Thrown, so that what the step wrote before it failed is undone.
      if (ended.kind === 'failed') throw new UserError('validation_failed', ended.message);
      return ended;
    });
    result.output = { ...outcome.output };
    result.changes = [...outcome.changes];
  } catch (error) {
    result.status = 'failed';
    result.error =
      error instanceof UserError
        ? error.message
        : `unexpected fault in Trellis: ${messageOf(error)}`;
  }
  return result;
}

/** @throws UserError naming the field: a template may run or grow too long, or meet a value its filter cannot take */
function render(name: string, text: string, context: object): RenderedTemplate {
  try {
    return renderTemplate(text, context);
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw invalid(name, `${name}: the template cannot be rendered: ${reason}`);
  }
}

/** Renders what may hold a template and leaves out what is empty, so that actions see only given values. */
function renderConfig(
  step: Step,
  context: object,
): { config: Record<string, unknown>; warnings: string[] } {
  const descriptor: ActionDescriptor = actionDescriptors[step.type];
  const config: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const field of descriptor.config) {
    const value = step.config[field.name];
    if (value === undefined || (value === null && field.type !== 'field_value')) continue;
    if (typeof value !== 'string') {
      config[field.name] = value;
      continue;
    }
    const { text, empty } = render(field.name, value, context);
    for (const path of empty) warnings.push(`${field.name}: {{${path}}} was empty`);
    if (text.trim() === '' && !field.required) continue;
    config[field.name] = text;
  }
  return { config, warnings };
}
