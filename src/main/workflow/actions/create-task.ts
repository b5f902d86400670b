import type { Activity } from '../../../shared/model/fields/registry.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { createTask } from '../../../shared/workflow/actions/create-task.ts';
import {
  dateConfigHint,
  parseDateConfig,
  resolveDateConfig,
} from '../../../shared/workflow/relative-date.ts';
import { activityKind } from '../../crm/activities/activity-kind.ts';
import { type ActionImplementation, completed, failed } from './action.ts';
import { createForStep } from './created-record.ts';

function isOneOf<T extends string>(
  text: string,
  choices: readonly string[] | undefined,
): text is T {
  return choices?.includes(text) ?? false;
}

export const createTaskAction: ActionImplementation<typeof createTask> = {
  execute(context, config) {
    const { unit } = context;
    const due = config.due_date === undefined ? null : parseDateConfig(config.due_date);
    if (config.due_date !== undefined && !due) {
      return failed(`due_date "${config.due_date}" is no date; write ${dateConfigHint}`);
    }
    const type = config.activity_type ?? 'task';
    if (!isOneOf<Activity['type']>(type, findField('task', 'type')?.choices)) {
      return failed(`activity_type "${type}" is not known`);
    }
    const priority = config.priority ?? null;
    if (
      priority !== null &&
      !isOneOf<NonNullable<Activity['priority']>>(priority, findField('task', 'priority')?.choices)
    ) {
      return failed(`priority "${priority}" is not known`);
    }
    const { record, changes } = createForStep(context, activityKind, {
      type,
      title: config.title,
      description: config.description ?? null,
      priority,
      due_at: due ? new Date(resolveDateConfig(due, unit.now, unit.timeZone)).toISOString() : null,
      contact_id: context.record('contact')?.id ?? null,
      deal_id: context.record('deal')?.id ?? null,
      company_id: context.record('company')?.id ?? null,
      owner_id: context.workflow.owner_id,
    });
    return completed({ task: record }, changes);
  },
};
