import { useTranslation } from 'react-i18next';
import type { AnyRecord } from './record-api.ts';
import classes from './task-tick.module.css';
import { useToggleTask } from './use-toggle-task.ts';

/** The round box of a task. */
export function TaskTick({ task }: { task: AnyRecord }) {
  const { t } = useTranslation('records');
  const toggle = useToggleTask();
  const isDone = task.completed_at !== null;
  return (
    <input
      type="checkbox"
      className={classes.tick}
      checked={isDone}
      aria-label={t(isDone ? 'reopen' : 'complete', { title: String(task.title) })}
      onChange={() => toggle(task)}
      onClick={(event) => event.stopPropagation()}
    />
  );
}
