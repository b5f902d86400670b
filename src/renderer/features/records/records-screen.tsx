import { Button, Kbd, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Plus, Search } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { ConditionRule } from '../../../shared/workflow/conditions/condition-tree.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { useCommands } from '../../commands/registry.ts';
import { formatNumber } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { TableSkeleton } from '../../ui/table-skeleton.tsx';
import { ListMenu } from '../export/list-menu.tsx';
import { GroupBoard } from '../views/group-board.tsx';
import { type ShownView, useView } from '../views/use-view.ts';
import { useViewCount } from '../views/use-view-records.ts';
import { hasRules } from '../views/view-state.ts';
import { ViewToolbar } from '../views/view-toolbar.tsx';
import { recordRoutes } from './record-api.ts';
import { RecordDetails } from './record-details.tsx';
import { RecordTable } from './record-table.tsx';
import classes from './records-screen.module.css';

const CalendarView = lazy(async () => ({
  default: (await import('../views/calendar-view.tsx')).CalendarView,
}));

export interface RecordsViewProps {
  readonly onOpen: (id: string) => void;
  readonly activeId: string | null;
}

interface RecordsScreenProps {
  readonly object: ObjectName;
  /** Before the saved views. */
  readonly leading?: ReactNode;
  /** Beside what the view asks of its records. */
  readonly scope?: ConditionRule | null;
  /** A board of the kind's own, for the view that neither filters nor groups. */
  readonly renderBoard?: (props: RecordsViewProps) => ReactNode;
}

/** The view with one more rule, which is no part of it: nothing of it is saved. */
function scopedView(view: ShownView, scope: ConditionRule): ShownView {
  const { conditions } = view.state;
  const rules = hasRules(conditions) ? [scope, conditions] : [scope];
  return { ...view, state: { ...view.state, conditions: { combinator: 'and', rules } } };
}

/** A list of records of one kind, as its view shows them, with the panel of the open one beside it. */
export function RecordsScreen({ object, leading, scope = null, renderBoard }: RecordsScreenProps) {
  const { t } = useTranslation(['records', 'common']);
  const navigate = useNavigate();
  const openCreate = useWindowStore((state) => state.openCreate);
  const recordId = useParams({ strict: false }).recordId ?? null;
  const [cursorId, setCursorId] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const [query] = useDebouncedValue(filter.trim(), 120);
  const searchInput = useRef<HTMLInputElement>(null);
  const shownView = useView(object);
  const view = scope ? scopedView(shownView, scope) : shownView;
  const { state } = view;
  const q = query === '' ? undefined : query;
  const conditions = state.conditions ?? undefined;
  const count = useViewCount({ object, conditions, q });

  const openRecord = useCallback(
    (id: string | null) =>
      void navigate({
        to: recordRoutes[object],
        params: { recordId: id ?? undefined },
        search: true,
      }),
    [navigate, object],
  );

  useCommands([
    {
      id: 'create_here',
      label: `commands:create_${object}`,
      section: 'create',
      shortcut: 'c',
      keyboardOnly: true,
      perform: () => openCreate(object),
    },
    {
      id: 'focus_filter',
      label: 'commands:focus_filter',
      section: 'list',
      shortcut: '/',
      keyboardOnly: true,
      perform: () => searchInput.current?.focus(),
    },
    {
      id: 'peek_row',
      label: 'commands:peek_row',
      section: 'list',
      shortcut: 'space',
      keyboardOnly: true,
      perform: () => openRecord(recordId ? null : cursorId),
    },
  ]);

  const shown = { object, conditions, q, sort: state.sort };
  const views: RecordsViewProps = { onOpen: openRecord, activeId: recordId ?? cursorId };
  const isOwnBoard =
    renderBoard &&
    !hasRules(shownView.state.conditions) &&
    q === undefined &&
    state.group_by === null;

  return (
    <div className={classes.screen}>
      <PageHeader
        title={t(`records:${object}.many`)}
        actions={
          <>
            <TextInput
              ref={searchInput}
              className={classes.search}
              size="xs"
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.preventDefault();
                setFilter('');
                event.currentTarget.blur();
              }}
              placeholder={t(`records:${object}.search`)}
              aria-label={t(`records:${object}.search`)}
              leftSection={<Search size={14} aria-hidden />}
              rightSection={filter === '' ? <Kbd>/</Kbd> : null}
            />
            <ListMenu list={{ object, state, q, name: view.saved?.name }} />
            <Button
              leftSection={<Plus size={14} aria-hidden />}
              onClick={() => openCreate(object)}
              data-testid="create"
            >
              {t(`records:${object}.new`)}
            </Button>
          </>
        }
      >
        {count !== undefined && count > 0 && (
          <span className={classes.count}>{formatNumber(count)}</span>
        )}
      </PageHeader>
      <ViewToolbar view={shownView} leading={leading} />
      <div className={classes.content}>
        {state.layout === 'table' ? (
          <RecordTable
            key={view.saved?.id ?? object}
            view={view}
            query={q}
            total={count}
            activeId={recordId ?? cursorId}
            onActivate={(id) => {
              setCursorId(id);
              // With the panel open, moving on shows the next record in it.
              if (recordId) openRecord(id);
            }}
            onOpen={openRecord}
            onClear={() => {
              setFilter('');
              view.change({ conditions: null });
            }}
          />
        ) : state.layout === 'calendar' ? (
          <Suspense fallback={<TableSkeleton columns={7} />}>
            <CalendarView view={view} query={q} onOpen={openRecord} />
          </Suspense>
        ) : isOwnBoard ? (
          renderBoard(views)
        ) : (
          <GroupBoard view={view} shown={shown} {...views} />
        )}
        {recordId && (
          <RecordDetails
            key={recordId}
            object={object}
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
