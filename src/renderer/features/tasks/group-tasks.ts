import { parseDate, startOfDay } from '../../ui/format.ts';
import type { AnyRecord } from '../records/record-api.ts';

export type TaskGroupName = 'overdue' | 'today' | 'upcoming' | 'someday' | 'done';

export interface TaskGroupData {
  readonly name: TaskGroupName;
  readonly tasks: readonly AnyRecord[];
}

/** How many done tasks are worth showing. */
const doneShown = 30;

function byText(name: string, sign: 1 | -1 = 1) {
  return (a: AnyRecord, b: AnyRecord) =>
    sign * String(a[name] ?? '').localeCompare(String(b[name] ?? ''));
}

/** A task due earlier today is overdue, as its red date says. */
function groupOf(task: AnyRecord, now: Date, tomorrow: Date): TaskGroupName {
  if (typeof task.due_at !== 'string') return 'someday';
  const due = parseDate(task.due_at);
  if (due < now) return 'overdue';
  return due < tomorrow ? 'today' : 'upcoming';
}

/** Groups in the order they are dealt with; empty ones are left out. */
export function groupTasks(
  open: readonly AnyRecord[],
  done: readonly AnyRecord[],
  now = new Date(),
): TaskGroupData[] {
  const tomorrow = startOfDay(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const groups: Record<TaskGroupName, AnyRecord[]> = {
    overdue: [],
    today: [],
    upcoming: [],
    someday: [],
    done: done.toSorted(byText('completed_at', -1)).slice(0, doneShown),
  };
  for (const task of open.toSorted(byText('due_at')))
    groups[groupOf(task, now, tomorrow)].push(task);
  return (['overdue', 'today', 'upcoming', 'someday', 'done'] as const)
    .map((name) => ({ name, tasks: groups[name] }))
    .filter(({ tasks }) => tasks.length > 0);
}
