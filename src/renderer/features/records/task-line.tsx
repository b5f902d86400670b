import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay, formatDayTime, isOverdue } from '../../ui/format.ts';
import { type AnyRecord, recordRoutes } from './record-api.ts';
import classes from './task-line.module.css';
import { TaskTick } from './task-tick.tsx';

/** A task in one line: tick, title, when it is due. */
export function TaskLine({ task }: { task: AnyRecord }) {
  return (
    <div className={classes.line} data-done={task.completed_at !== null || undefined}>
      <TaskTick task={task} />
      <Link to={recordRoutes.task} params={{ recordId: task.id }} className={classes.title}>
        <span className="truncate">{String(task.title)}</span>
      </Link>
      <DueDate task={task} />
    </div>
  );
}

/** When a task is due, red once that has passed; when it was done, if it is. */
export function DueDate({ task, withTime = false }: { task: AnyRecord; withTime?: boolean }) {
  const { t } = useTranslation('records');
  if (typeof task.completed_at === 'string') {
    return (
      <span className={classes.due}>{t('done_ago', { when: formatDay(task.completed_at) })}</span>
    );
  }
  if (typeof task.due_at !== 'string') return null;
  return (
    <time
      dateTime={task.due_at}
      className={classes.due}
      data-overdue={isOverdue(task.due_at) || undefined}
    >
      {withTime ? formatDayTime(task.due_at) : formatDay(task.due_at)}
    </time>
  );
}
