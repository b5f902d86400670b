import type { completeTask } from '../../../shared/workflow/actions/complete-task.ts';
import { activityKind } from '../../crm/activities/activity-kind.ts';
import { updateRecord } from '../../crm/records/record-store.ts';
import { type ActionImplementation, completed, failed } from './action.ts';

export const completeTaskAction: ActionImplementation<typeof completeTask> = {
  execute(context) {
    const { unit } = context;
    const task = context.record('task');
    if (!task) return failed('there is no task to complete');
    // A task that is done stays done since when it was.
    const patch = task.completed_at === null ? { completed_at: unit.nowText } : {};
    const { after, fields } = updateRecord(unit, activityKind, task.id, patch);
    const changed = Object.keys(fields).length > 0;
    return completed(
      { task: after },
      changed ? [{ object: 'task', id: task.id, fields: { ...fields } }] : [],
    );
  },
};
