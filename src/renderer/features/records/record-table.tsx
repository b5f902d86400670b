import { Button } from '@mantine/core';
import { Search } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ViewGroup } from '../../../shared/contract/views.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { fieldsOf, findField } from '../../../shared/model/fields/registry.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { useCommands } from '../../commands/registry.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SelectionBar } from '../bulk/selection-bar.tsx';
import { GroupHeading } from '../views/group-heading.tsx';
import type { ShownView } from '../views/use-view.ts';
import { useViewGroups, useViewRecords } from '../views/use-view-records.ts';
import { hasRules, isSortable, shownColumns } from '../views/view-state.ts';
import { CellEditing } from './cell-editing.ts';
import { objectIcons } from './object-icons.ts';
import type { AnyRecord } from './record-api.ts';
import { customFields } from './known-custom-fields.ts';
import { recordColumns } from './record-columns.tsx';
import { titleOf } from './record-layout.ts';
import { useFieldText } from './use-field-text.ts';
import { useSelection } from './use-selection.ts';

interface RecordTableProps {
  readonly view: ShownView;
  readonly query: string | undefined;
  /** How many the view shows in all, once that is counted. */
  readonly total: number | undefined;
  readonly activeId: string | null;
  readonly onActivate: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onClear: () => void;
}

/** The records of a view as rows: sorted by their heads, edited in place, ticked for what is done to many. */
export function RecordTable({ view, query, total, activeId, onClear, ...props }: RecordTableProps) {
  const { t } = useTranslation('records');
  const { object, state } = view;
  const openCreate = useWindowStore((store) => store.openCreate);
  const fieldText = useFieldText();
  const conditions = state.conditions ?? undefined;
  const input = { object, conditions, q: query };
  const list = useViewRecords({ ...input, sort: state.sort, group_by: state.group_by });
  const groups = useViewGroups(input, state.group_by).data;
  const { rows, fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const selection = useSelection(total);
  const [editing, setEditing] = useState<{ id: string; field: string } | null>(null);
  const labelOf = fieldText.label;
  const shown = useMemo(() => shownColumns(object, state.columns), [object, state.columns]);
  const sortable = useMemo(
    () =>
      new Set(
        fieldsOf(object, customFields())
          .filter(isSortable)
          .map((field) => field.name),
      ),
    [object],
  );
  const columns = useMemo(
    () =>
      recordColumns(object, shown, labelOf).map((column) => ({
        ...column,
        meta: { width: 160, ...column.meta, isSortable: sortable.has(column.id ?? '') },
      })),
    [object, shown, labelOf, sortable],
  );
  const onEndReached = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const editable = shown.filter(({ field }) => field.editable).map(({ field }) => field.name);
  useCommands([
    {
      id: 'edit_row',
      label: 'commands:edit_row',
      section: 'list',
      shortcut: 'e',
      keyboardOnly: true,
      perform: () => {
        const [first] = editable;
        if (activeId && first) setEditing({ id: activeId, field: first });
      },
    },
  ]);

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.isPending && rows.length === 0) {
    const isFiltered = query !== undefined || hasRules(conditions);
    return isFiltered ? (
      <EmptyState
        icon={Search}
        title={query === undefined ? t('nothing_in_view') : t('nothing_matches', { query })}
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

  const groupField =
    state.group_by === null ? undefined : findField(object, state.group_by, customFields());
  return (
    <CellEditing value={{ object, editing, editable, setEditing }}>
      <DataTable<AnyRecord>
        {...props}
        label={t(`${object}.many`)}
        activeId={activeId}
        columns={columns}
        rows={rows}
        isLoading={list.isPending}
        onEndReached={onEndReached}
        isLoadingMore={isFetchingNextPage}
        selection={{
          has: selection.has,
          labelOf: (record) => titleOf(object, record),
          onToggle: (id, isRange) => (isRange ? selection.extend(id, rows) : selection.toggle(id)),
          onToggleAll: () => selection.toggleLoaded(rows),
        }}
        sort={{
          column: state.sort?.field ?? null,
          direction: state.sort?.direction ?? 'asc',
          onSort: (field) => view.change({ sort: nextSort(state.sort, field) }),
        }}
        onResize={(field, width) =>
          view.change({
            columns: shown.map((column) => ({
              field: column.field.name,
              ...(column.field.name === field
                ? { width }
                : column.width === undefined
                  ? {}
                  : { width: column.width }),
            })),
          })
        }
        {...(groupField
          ? { groupOf: (record: AnyRecord) => groupOf(groupField, record, groups) }
          : {})}
      />
      {!selection.isEmpty && (
        <SelectionBar
          object={object}
          selection={selection}
          selected={selection.asInput({ conditions, q: query })}
          total={total}
        />
      )}
    </CellEditing>
  );
}

/** First up, then down, then as it was. */
function nextSort(
  sort: { field: string; direction: 'asc' | 'desc' } | null,
  field: string,
): { field: string; direction: 'asc' | 'desc' } | null {
  if (sort?.field !== field) return { field, direction: 'asc' };
  return sort.direction === 'asc' ? { field, direction: 'desc' } : null;
}

/** The group of a row, with its heading and, once it is counted, how many are in it. */
function groupOf(field: Field, record: AnyRecord, groups: readonly ViewGroup[] | undefined) {
  const value = record[field.name];
  const key = typeof value === 'string' ? value : '';
  const group = groups?.find((one) => (one.value ?? '') === key);
  return { key, heading: <GroupHeading field={field} value={key || null} group={group} /> };
}
