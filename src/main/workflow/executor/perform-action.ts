import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { ActionDescriptor } from '../../../shared/workflow/actions/descriptor.ts';
import { actionDescriptors } from '../../../shared/workflow/actions/index.ts';
import type { ActionStep, Step } from '../../../shared/workflow/definition.ts';
import { type RenderedTemplate, renderTemplate } from '../../../shared/workflow/template.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { errorKindOf, invalid, messageOf, UserError } from '../../errors.ts';
import type { ActionContext } from '../actions/action.ts';
import { executeAction } from '../actions/index.ts';

export function emptyResult(step: Step): StepResult {
  return {
    id: step.id,
    type: step.type,
    name: step.name ?? null,
    status: 'succeeded',
    input: { ...step.config },
    output: null,
    error: null,
    error_kind: null,
    warnings: [],
    changes: [],
  };
}

/** What a thrown error says of a step: the user's to mend, or ours. */
export function failedStep(error: unknown): Pick<StepResult, 'status' | 'error' | 'error_kind'> {
  const message = messageOf(error);
  return {
    status: 'failed',
    error: error instanceof UserError ? message : `unexpected fault in Trellis: ${message}`,
    error_kind: errorKindOf(error),
  };
}

/**
 * Carries out one action in a savepoint: a failing one undoes what it wrote.
 *
 * @param templates what its templates see
 */
export function performAction(
  unit: UnitOfWork,
  step: ActionStep,
  templates: object,
  context: ActionContext,
): StepResult {
  const result = emptyResult(step);
  try {
    const { config, warnings } = renderConfig(step, templates, unit.timeZone);
    result.input = config;
    result.warnings = warnings;
    const outcome = unit.attempt(() => {
      const ended = executeAction(step.type, context, config);
      // Thrown, so that what the step wrote before it failed is undone.
      if (ended.kind === 'failed') throw new UserError('validation_failed', ended.message);
      return ended;
    });
    switch (outcome.kind) {
      case 'completed':
        result.output = { ...outcome.output };
        result.changes = [...outcome.changes];
        result.warnings.push(...outcome.warnings);
        break;
      case 'wait_for':
        result.status = 'waiting';
        result.output = { delivery_id: outcome.delivery_id };
        result.warnings.push(...outcome.warnings);
        break;
      case 'skipped':
        result.status = 'skipped';
        result.warnings.push(outcome.message);
        break;
    }
  } catch (error) {
    Object.assign(result, failedStep(error));
  }
  return result;
}

/** @throws UserError naming the field: a template may run or grow too long, or meet a value its filter cannot take */
export function renderField(
  name: string,
  text: string,
  context: object,
  timeZone: string,
  output: 'text' | 'html' = 'text',
): RenderedTemplate {
  try {
    return renderTemplate(text, context, timeZone, output);
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw invalid(name, `${name}: the template cannot be rendered: ${reason}`);
  }
}

/** Renders what may hold a template and leaves out what is empty, so that actions see only given values. */
function renderConfig(
  step: ActionStep,
  templates: object,
  timeZone: string,
): { config: Record<string, unknown>; warnings: string[] } {
  const descriptor: ActionDescriptor = actionDescriptors[step.type];
  const config: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const field of descriptor.config) {
    const value = step.config[field.name];
    if (value === undefined || (value === null && field.type !== 'field_value')) continue;
    if (typeof value !== 'string') {
      config[field.name] = field.template
        ? renderTexts(field.name, value, (name, text) => {
            const rendered = renderField(name, text, templates, timeZone);
            for (const path of rendered.empty) warnings.push(`${name}: {{${path}}} was empty`);
            return rendered.text;
          })
        : value;
      continue;
    }
    const output = field.type === 'html' ? 'html' : 'text';
    const { text, empty } = renderField(field.name, value, templates, timeZone, output);
    for (const path of empty) warnings.push(`${field.name}: {{${path}}} was empty`);
    if (text.trim() === '' && !field.required) continue;
    config[field.name] = text;
  }
  return { config, warnings };
}

/** Renders every text in a value, however deep; keys stay as they are. */
function renderTexts(
  name: string,
  value: unknown,
  render: (name: string, text: string) => string,
): unknown {
  if (typeof value === 'string') return render(name, value);
  if (Array.isArray(value))
    return value.map((part, index) => renderTexts(`${name}[${index}]`, part, render));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, renderTexts(`${name}.${key}`, part, render)]),
  );
}
