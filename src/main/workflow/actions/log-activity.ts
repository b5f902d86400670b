import type { logActivity } from '../../../shared/workflow/actions/log-activity.ts';
import type { ActionImplementation } from './action.ts';
import { createLinkedActivity } from './linked-activity.ts';

export const logActivityAction: ActionImplementation<typeof logActivity> = {
  execute(context, { title, description, activity_type: type }) {
    return createLinkedActivity(context, type ?? 'task', null, {
      title,
      description: description ?? null,
      completed_at: context.unit.nowText,
    });
  },
};
