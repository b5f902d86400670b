import { useTranslation } from 'react-i18next';
import { findField } from '../../../shared/model/fields/registry.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { RecordName } from '../records/field-value.tsx';
import type { AnyRecord } from '../records/record-api.ts';
import { DueDate } from '../records/task-line.tsx';
import { TaskTick } from '../records/task-tick.tsx';
import { useFieldText } from '../records/use-field-text.ts';
import type { TaskGroupData } from './group-tasks.ts';
import classes from './tasks-screen.module.css';

interface TaskGroupProps {
  readonly group: TaskGroupData;
  readonly activeId: string | null;
  readonly onOpen: (id: string) => void;
}

export function TaskGroup({ group, activeId, onOpen }: TaskGroupProps) {
  const { t } = useTranslation('tasks');
  return (
    <section className={classes.group} data-group={group.name} aria-label={t(group.name)}>
      <h2 className={classes.groupTitle}>
        {t(group.name)}
        <span className={classes.count}>{group.tasks.length}</span>
      </h2>
      {group.tasks.map((task) => (
        <TaskRow key={task.id} task={task} isActive={task.id === activeId} onOpen={onOpen} />
      ))}
    </section>
  );
}

interface TaskRowProps {
  readonly task: AnyRecord;
  readonly isActive: boolean;
  readonly onOpen: (id: string) => void;
}

function TaskRow({ task, isActive, onOpen }: TaskRowProps) {
  const { choice } = useFieldText();
  const type = findField('task', 'type');
  const isHigh = task.priority === 'high';
  return (
    <div
      className={classes.row}
      data-active={isActive || undefined}
      data-done={task.completed_at !== null || undefined}
      data-row-id={task.id}
    >
      <TaskTick task={task} />
      <button type="button" className={classes.open} onClick={() => onOpen(task.id)}>
        <span className={classes.title}>{String(task.title)}</span>
        <span className={classes.about}>
          <About task={task} />
        </span>
        <span className={classes.type}>
          {isHigh && <StatusDot tone="red" />}
          {type && choice(type, String(task.type))}
        </span>
        <span className={classes.due}>
          <DueDate task={task} withTime />
        </span>
      </button>
    </div>
  );
}

/** What a task is about: the deal when there is one, else the person, else the company. */
function About({ task }: { task: AnyRecord }) {
  if (typeof task.deal_id === 'string') return <RecordName object="deal" id={task.deal_id} />;
  if (typeof task.contact_id === 'string')
    return <RecordName object="contact" id={task.contact_id} />;
  if (typeof task.company_id === 'string')
    return <RecordName object="company" id={task.company_id} />;
  return null;
}
