import { Button } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { CircleCheckBig, Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWindowStore } from '../../app/window-store.ts';
import { rowCommands } from '../../commands/row-commands.ts';
import { useCommands } from '../../commands/registry.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TableSkeleton } from '../../ui/table-skeleton.tsx';
import { RecordDetails } from '../records/record-details.tsx';
import { RecordsScreen } from '../records/records-screen.tsx';
import { recordRoutes } from '../records/record-api.ts';
import { useToggleTask } from '../records/use-toggle-task.ts';
import { groupTasks } from './group-tasks.ts';
import { TaskGroup } from './task-group.tsx';
import tab from '../views/views.module.css';
import classes from './tasks-screen.module.css';
import { TaskTabs } from './task-tabs.tsx';
import { useTaskLists } from './use-task-lists.ts';

/** What is to do; or the activities as any other records, by the views one has of them. */
export function TasksScreen() {
  const { view } = useSearch({ strict: false });
  return view === undefined ? <ToDo /> : <RecordsScreen object="task" leading={<ToDoTab />} />;
}

/** Leads from the views back to the list that needs none. */
function ToDoTab() {
  const { t } = useTranslation('views');
  return (
    <Link to={recordRoutes.task} params={{ recordId: undefined }} search={{}} className={tab.tab}>
      {t('to_do')}
    </Link>
  );
}

/** What is to do, by when it is due. */
function ToDo() {
  const { t } = useTranslation(['tasks', 'records', 'common']);
  const navigate = useNavigate();
  const openCreate = useWindowStore((state) => state.openCreate);
  const recordId = useParams({ strict: false }).recordId ?? null;
  const [cursorId, setCursorId] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const toggle = useToggleTask();
  const { open, done } = useTaskLists();
  const groups = groupTasks(open.rows, done.rows);
  const rows = groups.flatMap((group) => group.tasks);
  const activeId = recordId ?? cursorId;

  function openRecord(id: string | null): void {
    void navigate({ to: recordRoutes.task, params: { recordId: id ?? undefined } });
  }

  function move(step: number): void {
    const current = rows.findIndex((task) => task.id === activeId);
    const next = rows[current === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, current + step))];
    if (!next) return;
    setCursorId(next.id);
    if (recordId) openRecord(next.id);
  }

  useEffect(() => {
    if (!activeId) return;
    list.current
      ?.querySelector(`[data-row-id="${activeId}"]`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  useCommands([
    {
      id: 'create_here',
      label: 'commands:create_task',
      section: 'create',
      shortcut: 'c',
      keyboardOnly: true,
      perform: () => openCreate('task'),
    },
    ...rowCommands(move, () => {
      if (activeId) openRecord(activeId);
    }),
    {
      id: 'peek_row',
      label: 'commands:peek_row',
      section: 'list',
      shortcut: 'space',
      keyboardOnly: true,
      perform: () => openRecord(recordId ? null : activeId),
    },
    {
      id: 'complete_task',
      label: 'commands:complete_task',
      section: 'record',
      shortcut: 'x',
      keyboardOnly: true,
      perform: () => {
        // The row that Tab went to counts as much as the one J and K went to.
        const focused = document.activeElement?.closest<HTMLElement>('[data-row-id]');
        const wanted = focused?.dataset['rowId'] ?? activeId;
        const task = rows.find(({ id }) => id === wanted);
        if (!task) return;
        // The row moves away; the keyboard stays where it was.
        if (!recordId && !focused) move(1);
        toggle(task);
      },
    },
  ]);

  return (
    <div className={classes.screen}>
      <PageHeader
        title={t('records:task.many')}
        actions={
          <Button
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => openCreate('task')}
            data-testid="create"
          >
            {t('records:task.new')}
          </Button>
        }
      />
      <TaskTabs />
      <div className={classes.content}>
        {open.isError ? (
          <ErrorState error={open.error} onRetry={() => void open.refetch()} />
        ) : open.isPending ? (
          <TableSkeleton columns={3} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={CircleCheckBig}
            title={t('records:task.empty_title')}
            text={t('records:task.empty_text')}
            example={t('records:task.empty_example')}
            action={<Button onClick={() => openCreate('task')}>{t('records:task.create')}</Button>}
          />
        ) : (
          <div ref={list} className={classes.list} data-testid="task-list">
            {open.rows.length === 0 && (
              <p className={classes.allDone}>{t('tasks:all_done_text')}</p>
            )}
            {groups.map((group) => (
              <TaskGroup
                key={group.name}
                group={group}
                activeId={activeId}
                onOpen={(id) => {
                  setCursorId(id);
                  openRecord(id);
                }}
              />
            ))}
          </div>
        )}
        {recordId && (
          <RecordDetails
            key={recordId}
            object="task"
            id={recordId}
            onClose={() => {
              setCursorId(recordId);
              openRecord(null);
            }}
          />
        )}
      </div>
    </div>
  );
}
