import type { EventType } from '../../events/event-types.ts';
import { findField } from '../../model/fields/registry.ts';
import { recordPatchSchema } from '../../model/fields/schemas.ts';
import { isObjectName, type ObjectName } from '../../model/objects.ts';
import type { ActionType } from '../actions/index.ts';
import { foldText } from '../conditions/comparable.ts';
import { type ActionStep, allSteps, type Definition, isActionStep } from '../definition.ts';
import { prepareFieldValue } from '../prepare-field-value.ts';
import { hasTemplate } from '../template.ts';

/** A value a step writes: known from the definition, or only when it runs. */
export type WrittenValue =
  | { readonly kind: 'literal'; readonly value: unknown }
  /** A template, or a literal that means something else each time, such as `+3 days`. */
  | { readonly kind: 'open' };

/** An event that a step may cause. */
export interface Emission {
  readonly event: EventType;
  readonly object: ObjectName | null;
  /** The one field the event tells the change of; null: none, as for a new record. */
  readonly field: string | null;
  readonly written: WrittenValue | null;
  /** A start by a step is meant for this workflow alone. */
  readonly target?: string;
  /** It comes only when something goes wrong. */
  readonly onFailure?: true;
}

const open: WrittenValue = { kind: 'open' };
const closedStages: readonly EventType[] = ['deal_won', 'deal_lost'];

function created(event: EventType, object: ObjectName): Emission[] {
  return [{ event, object, field: null, written: null }];
}

/** `task_updated` and its like are events too, though no trigger hears each of them. */
const updatedEvents = {
  contact: 'contact_updated',
  company: 'company_updated',
  deal: 'deal_updated',
  task: 'task_updated',
} as const satisfies Record<ObjectName, EventType>;

function updated(object: ObjectName, field: string, written: WrittenValue): Emission[] {
  const base = { object, field, written };
  const emissions: Emission[] = [{ ...base, event: updatedEvents[object] }];
  if (object === 'deal' && field === 'stage') {
    emissions.push({ ...base, event: 'deal_stage_changed' });
    // Which stages win or lose is a matter of the pipeline, which may change after this check.
    for (const event of closedStages) emissions.push({ ...base, event });
  }
  // Another pipeline is another stage, which one is chosen when it happens.
  if (object === 'deal' && field === 'pipeline') emissions.push(...updated('deal', 'stage', open));
  if (object === 'task' && field === 'completed_at') {
    emissions.push({ ...base, event: 'task_completed' });
  }
  if (field === 'tags') {
    emissions.push({ ...base, event: 'tag_added' }, { ...base, event: 'tag_removed' });
  }
  return emissions;
}

function tagged(step: ActionStep, event: 'tag_added' | 'tag_removed'): Emission[] {
  const { object, tag } = step.config;
  if (typeof object !== 'string' || !isObjectName(object)) return [];
  const written: WrittenValue =
    typeof tag === 'string' && !hasTemplate(tag)
      ? { kind: 'literal', value: foldText(tag.trim()) }
      : open;
  return [
    { event: updatedEvents[object], object, field: 'tags', written: open },
    { event, object, field: 'tags', written },
  ];
}

/** The value as the record will hold it; open when it is known only at run time. */
function writtenValue(object: ObjectName, name: string, value: unknown): WrittenValue {
  const field = findField(object, name);
  if (!field || field.type === 'date' || field.type === 'datetime' || field.type === 'tags')
    return open;
  if (typeof value === 'string' && hasTemplate(value)) return open;
  const prepared = value === '' ? null : prepareFieldValue(field, value);
  const parsed = recordPatchSchema(object).safeParse({ id: 'x', [name]: prepared });
  if (!parsed.success) return open;
  const patch: Readonly<Record<string, unknown>> = parsed.data;
  return { kind: 'literal', value: patch[name] ?? null };
}

const emailFailed: Emission = {
  event: 'email_failed',
  object: 'contact',
  field: null,
  written: null,
};

const emissionsOf = {
  create_task: () => created('task_created', 'task'),
  log_activity: () => created('task_created', 'task'),
  create_deal: () => created('deal_created', 'deal'),
  create_contact: () => created('contact_created', 'contact'),
  create_company: () => created('company_created', 'company'),
  create_note: ({ config: { object } }) =>
    typeof object === 'string' && isObjectName(object) ? created('note_created', object) : [],
  complete_task: () => updated('task', 'completed_at', open),
  send_notification: () => [],
  send_email: () => [
    ...created('task_created', 'task'),
    ...created('email_sent', 'contact'),
    { ...emailFailed, onFailure: true },
  ],
  webhook: () => [],
  add_tag: (step) => tagged(step, 'tag_added'),
  remove_tag: (step) => tagged(step, 'tag_removed'),
  update_field: ({ config: { object, field, value } }) =>
    typeof object === 'string' && isObjectName(object) && typeof field === 'string'
      ? updated(object, field, writtenValue(object, field, value))
      : [],
  move_deal_stage: ({ config: { stage } }) =>
    updated(
      'deal',
      'stage',
      typeof stage === 'string' && !hasTemplate(stage)
        ? { kind: 'literal', value: stage.trim() }
        : open,
    ),
  start_workflow: ({ config: { workflow_id: id } }) =>
    typeof id === 'string'
      ? [{ event: 'manual', object: null, field: null, written: null, target: id.trim() }]
      : [],
} as const satisfies Record<ActionType, (step: ActionStep) => Emission[]>;

/** Every event a workflow's steps may cause, each step that is on taken as reached. Any of its runs may also fail. */
export function writeSet({ actions }: Definition): Emission[] {
  const steps = allSteps(actions).filter((step) => step.enabled);
  const failure: Emission = {
    event: 'workflow_failed',
    object: null,
    field: null,
    written: null,
    onFailure: true,
  };
  return [...steps.filter(isActionStep).flatMap((step) => emissionsOf[step.type](step)), failure];
}
