import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AnyRecord } from './record-api.ts';
import classes from './task-tick.module.css';
import { useToggleTask } from './use-toggle-task.ts';

/** The round box of a task. */
export function TaskTick({ task }: { task: AnyRecord }) {
  const { t } = useTranslation('records');
  const toggle = useToggleTask();
  const isDone = task.completed_at !== null;
  const title = String(task.title);
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isDone}
      aria-label={t(isDone ? 'reopen' : 'complete', { title })}
      className={classes.tick}
      data-done={isDone || undefined}
      onClick={(event) => {
        event.stopPropagation();
        toggle(task);
      }}
    >
      <Check size={11} strokeWidth={3} aria-hidden />
    </button>
  );
}
