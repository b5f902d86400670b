import type { createTask } from '../../../shared/workflow/actions/create-task.ts';
import {
  dateConfigHint,
  parseDateConfig,
  resolveDateConfig,
} from '../../../shared/workflow/relative-date.ts';
import { type ActionImplementation, failed } from './action.ts';
import { createLinkedActivity } from './linked-activity.ts';

export const createTaskAction: ActionImplementation<typeof createTask> = {
  execute(context, config) {
    const { now, timeZone, holidays } = context.unit;
    const due = config.due_date === undefined ? null : parseDateConfig(config.due_date);
    if (config.due_date !== undefined && !due) {
      return failed(`due_date "${config.due_date}" is no date; write ${dateConfigHint}`);
    }
    return createLinkedActivity(context, config.activity_type ?? 'task', config.priority ?? null, {
      title: config.title,
      description: config.description ?? null,
      due_at: due ? new Date(resolveDateConfig(due, now, timeZone, holidays)).toISOString() : null,
    });
  },
};
