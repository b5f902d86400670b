import { Button, Kbd, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Plus, Search } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { useCommands } from '../../commands/registry.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { useCustomFields } from './custom-fields.ts';
import { objectIcons } from './object-icons.ts';
import { recordColumns } from './record-columns.tsx';
import { RecordDetails } from './record-details.tsx';
import { type ListInput, recordRoutes } from './record-api.ts';
import classes from './records-screen.module.css';
import { useFieldText } from './use-field-text.ts';
import { useRecords } from './use-record.ts';

interface RecordsScreenProps {
  readonly object: ObjectName;
  readonly count?: number | undefined;
  readonly filters?: Omit<ListInput, 'cursor' | 'limit' | 'q'>;
  readonly onClearFilters?: () => void;
  /** Beside the title: view tabs, filter chips. */
  readonly tools?: ReactNode;
  /** In place of the table, for the same records. */
  readonly renderView?:
    | ((openRecord: (id: string) => void, activeId: string | null) => ReactNode)
    | null;
}

/** A list of records of one kind with the panel of the open one beside it. */
export function RecordsScreen({
  object,
  count,
  filters,
  onClearFilters,
  tools,
  renderView,
}: RecordsScreenProps) {
  const { t } = useTranslation(['records', 'common']);
  const navigate = useNavigate();
  const openCreate = useWindowStore((state) => state.openCreate);
  const recordId = useParams({ strict: false }).recordId ?? null;
  const [cursorId, setCursorId] = useState<string | null>(null);
  const [filter, setFilter] = useState('');
  const [query] = useDebouncedValue(filter.trim(), 150);
  const searchInput = useRef<HTMLInputElement>(null);

  const openRecord = useCallback(
    (id: string | null) =>
      void navigate({ to: recordRoutes[object], params: { recordId: id ?? undefined } }),
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
  ]);

  return (
    <div className={classes.screen}>
      <PageHeader
        title={t(`records:${object}.many`)}
        actions={
          <>
            {!renderView && (
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
            )}
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
        {tools}
      </PageHeader>
      <div className={classes.content}>
        {renderView ? (
          renderView(openRecord, recordId)
        ) : (
          <RecordTable
            object={object}
            query={query}
            filters={filters}
            activeId={recordId ?? cursorId}
            onActivate={(id) => {
              setCursorId(id);
              // With the panel open, moving on shows the next record in it.
              if (recordId) openRecord(id);
            }}
            onOpen={openRecord}
            onClear={() => {
              setFilter('');
              onClearFilters?.();
            }}
          />
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

interface RecordTableProps {
  readonly object: ObjectName;
  readonly query: string;
  readonly filters: RecordsScreenProps['filters'];
  readonly activeId: string | null;
  readonly onActivate: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onClear: () => void;
}

function RecordTable({ object, query, filters, onClear, ...props }: RecordTableProps) {
  const { t } = useTranslation('records');
  const openCreate = useWindowStore((state) => state.openCreate);
  const fieldText = useFieldText();
  const list = useRecords(object, { ...filters, q: query || undefined });
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const labelOf = fieldText.label;
  const custom = useCustomFields();
  const columns = useMemo(() => recordColumns(object, labelOf, custom), [object, labelOf, custom]);
  const onEndReached = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.isPending && list.rows.length === 0) {
    const isFiltered = query !== '' || Object.values(filters ?? {}).some(Boolean);
    return isFiltered ? (
      <EmptyState
        icon={Search}
        title={query === '' ? t('nothing_in_view') : t('nothing_matches', { query })}
        text={t('nothing_matches_hint')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('clear_filter')}
          </Button>
        }
      />
    ) : (
      <EmptyState
        icon={objectIcons[object]}
        title={t(`${object}.empty_title`)}
        text={t(`${object}.empty_text`)}
        example={t(`${object}.empty_example`)}
        action={<Button onClick={() => openCreate(object)}>{t(`${object}.create`)}</Button>}
      />
    );
  }
  return (
    <DataTable
      {...props}
      label={t(`${object}.many`)}
      columns={columns}
      rows={list.rows}
      isLoading={list.isPending}
      onEndReached={onEndReached}
      isLoadingMore={isFetchingNextPage}
    />
  );
}
