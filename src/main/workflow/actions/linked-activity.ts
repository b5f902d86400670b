import type { Activity, RecordInput } from '../../../shared/model/fields/registry.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import { activityKind } from '../../crm/activities/activity-kind.ts';
import { invalid } from '../../errors.ts';
import { type ActionContext, completed, type Outcome } from './action.ts';
import { createForStep } from './created-record.ts';

/** @throws UserError naming the config key whose value is none of the field's choices */
function choiceOf<T extends string>(field: 'type' | 'priority', key: string, text: string): T {
  const choices: readonly string[] = findField('task', field)?.choices ?? [];
  if (!choices.includes(text))
    throw invalid(key, `${key} "${text}" is not known; use one of: ${choices.join(', ')}`);
  // One of the field's own choices.
  return text as T;
}

/** An activity for a step, linked to the contact, deal and company the run reaches. */
export function createLinkedActivity(
  context: ActionContext,
  type: string,
  priority: string | null,
  fields: Pick<RecordInput<'task'>, 'title' | 'description' | 'due_at' | 'completed_at'>,
): Outcome {
  const { record, changes } = createForStep(context, activityKind, {
    ...fields,
    type: choiceOf<Activity['type']>('type', 'activity_type', type),
    priority:
      priority === null
        ? null
        : choiceOf<NonNullable<Activity['priority']>>('priority', 'priority', priority),
    contact_id: context.record('contact')?.id ?? null,
    deal_id: context.record('deal')?.id ?? null,
    company_id: context.record('company')?.id ?? null,
    owner_id: context.workflow.owner_id,
  });
  return completed({ task: record }, changes);
}
