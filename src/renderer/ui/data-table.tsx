import { Checkbox, useMantineTheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { rowCommands } from '../commands/row-commands.ts';
import { useCommands } from '../commands/registry.ts';
import { ColumnHead, type ColumnSort } from './column-head.tsx';
import classes from './data-table.module.css';
import { TableSkeleton } from './table-skeleton.tsx';

interface ColumnMeta {
  /** Pixels the column needs; when the table is narrower, columns drop out from the end. */
  readonly width: number;
  /** Takes what is left over. */
  readonly grow?: boolean;
  readonly align?: 'end';
  readonly isSortable?: boolean;
}

// A phantom value: the library reads only its type.
const features = tableFeatures({ columnMeta: {} as ColumnMeta });

export type DataColumn<Row extends object> = ColumnDef<typeof features, Row>;

/** Rows ticked for what is done to many at once. */
export interface RowSelection<Row> {
  readonly has: (id: string) => boolean;
  readonly labelOf: (row: Row) => string;
  /** @param isRange from the row ticked before to this one */
  readonly onToggle: (id: string, isRange: boolean) => void;
  readonly onToggleAll: () => void;
}

interface DataTableProps<Row extends { readonly id: string }> {
  readonly label: string;
  readonly columns: DataColumn<Row>[];
  readonly rows: Row[];
  readonly isLoading: boolean;
  /** The row the keyboard is on, or whose panel is open. */
  readonly activeId: string | null;
  readonly onActivate: (id: string) => void;
  readonly onOpen: (id: string) => void;
  readonly onEndReached?: () => void;
  readonly isLoadingMore?: boolean;
  readonly selection?: RowSelection<Row>;
  readonly sort?: ColumnSort;
  /** Given, columns have a handle for their width and the table scrolls sideways instead of dropping any. */
  readonly onResize?: (columnId: string, width: number) => void;
  /** Rows with the same key follow each other under one heading. */
  readonly groupOf?: (row: Row) => { readonly key: string; readonly heading: ReactNode };
}

const rowHeight = 36;

const widthOf = (column: { meta?: ColumnMeta }) => column.meta?.width ?? 140;

/** As many columns as fit, from the start; the first is always there. */
function fitting<Row extends object>(columns: DataColumn<Row>[], width: number): DataColumn<Row>[] {
  let used = 0;
  const kept: DataColumn<Row>[] = [];
  for (const column of columns) {
    used += widthOf(column);
    if (kept.length > 0 && width > 0 && used > width) break;
    kept.push(column);
  }
  return kept;
}

type Line = { readonly heading: ReactNode; readonly key: string } | { readonly row: number };

/** The lines drawn: the rows, each group's heading before its first. */
function linesOf<Row>(
  rows: readonly Row[],
  groupOf: DataTableProps<Row & { id: string }>['groupOf'],
): Line[] {
  if (!groupOf) return rows.map((_, row) => ({ row }));
  let last: string | null = null;
  return rows.flatMap((one, row): Line[] => {
    // The rows of a table have ids; the signature above only borrows the type.
    const { key, heading } = groupOf(one as Row & { id: string });
    const isFirst = key !== last;
    last = key;
    return isFirst ? [{ heading, key }, { row }] : [{ row }];
  });
}

/** A virtualised table: any number of rows, the keyboard, columns that drop out when it is narrow. */
export function DataTable<Row extends { readonly id: string }>({
  label,
  columns,
  rows,
  isLoading,
  activeId,
  onActivate,
  onOpen,
  onEndReached,
  isLoadingMore = false,
  selection,
  sort,
  onResize,
  groupOf,
}: DataTableProps<Row>) {
  const { t } = useTranslation(['records', 'views']);
  const { primaryColor } = useMantineTheme();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const mergedRef = useMergedRef(scroller, sizeRef);
  const shown = useMemo(
    () => (onResize ? columns : fitting(columns, width - 32)),
    [columns, width, onResize],
  );
  const table = useTable({ features, columns: shown, data: rows, getRowId: (row) => row.id });
  const model = table.getRowModel().rows;
  const lines = useMemo(() => linesOf(rows, groupOf), [rows, groupOf]);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // The header stays above the rows and covers the first line of the viewport.
    scrollPaddingStart: rowHeight,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;

  useEffect(() => {
    if (last >= lines.length - 20 && lines.length > 0) onEndReached?.();
  }, [last, lines.length, onEndReached]);

  function move(step: number): string | null {
    const current = rows.findIndex((row) => row.id === activeId);
    const index = current === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, current + step));
    const next = rows[index];
    if (!next) return null;
    onActivate(next.id);
    virtualizer.scrollToIndex(lines.findIndex((line) => 'row' in line && line.row === index));
    return next.id;
  }

  useCommands(
    rowCommands(
      (step) => void move(step),
      () => {
        if (activeId) onOpen(activeId);
      },
      selection && {
        toggle: () => {
          if (activeId) selection.onToggle(activeId, false);
        },
        extend: (step) => {
          if (activeId) selection.onToggle(activeId, true);
          const next = move(step);
          if (next) selection.onToggle(next, true);
        },
        toggleAll: selection.onToggleAll,
      },
    ),
  );

  if (isLoading) return <TableSkeleton columns={Math.max(1, shown.length)} />;

  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const span = shown.length + (selection ? 1 : 0);
  const minWidth = shown.reduce((sum, column) => sum + widthOf(column), selection ? 48 : 0);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section ref={mergedRef} className={classes.scroller} aria-label={label} tabIndex={0}>
      <table
        className={classes.table}
        style={onResize ? { minWidth } : undefined}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        data-selecting={(selection && rows.some((row) => selection.has(row.id))) || undefined}
      >
        <colgroup>
          {selection && <col style={{ width: 48 }} />}
          {table.getAllLeafColumns().map((column) => (
            <col
              key={column.id}
              style={{
                width: column.columnDef.meta?.grow ? undefined : widthOf(column.columnDef),
              }}
            />
          ))}
        </colgroup>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className={classes.headRow}>
              {selection && (
                <th scope="col" className={`${classes.head} ${classes.tick}`}>
                  <Checkbox
                    size="xs"
                    color={primaryColor}
                    aria-label={t('views:select_all')}
                    checked={rows.length > 0 && rows.every((row) => selection.has(row.id))}
                    indeterminate={
                      rows.some((row) => selection.has(row.id)) &&
                      !rows.every((row) => selection.has(row.id))
                    }
                    onChange={selection.onToggleAll}
                  />
                </th>
              )}
              {group.headers.map((header) => (
                <ColumnHead
                  key={header.id}
                  id={header.column.id}
                  label={
                    typeof header.column.columnDef.header === 'string'
                      ? header.column.columnDef.header
                      : ''
                  }
                  width={widthOf(header.column.columnDef)}
                  align={header.column.columnDef.meta?.align}
                  sort={header.column.columnDef.meta?.isSortable ? sort : undefined}
                  onResize={onResize}
                >
                  {header.isPlaceholder ? null : <table.FlexRender header={header} />}
                </ColumnHead>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && <Filler height={before} span={span} />}
          {items.map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            if ('heading' in line) {
              return (
                <tr key={`group ${line.key}`} className={classes.group}>
                  <th scope="rowgroup" colSpan={span} className={classes.groupHead}>
                    {line.heading}
                  </th>
                </tr>
              );
            }
            const row = model[line.row];
            if (!row) return null;
            const isSelected = selection?.has(row.id) ?? false;
            return (
              <tr
                key={row.id}
                className={classes.row}
                aria-rowindex={line.row + 2}
                aria-selected={selection ? isSelected : row.id === activeId}
                data-active={row.id === activeId || undefined}
                data-ticked={isSelected || undefined}
                data-row-id={row.id}
                onClick={() => {
                  onActivate(row.id);
                  onOpen(row.id);
                }}
              >
                {selection && (
                  <td
                    className={`${classes.cell} ${classes.tick}`}
                    onClick={(event) => event.stopPropagation()}
                  >
                    <Checkbox
                      size="xs"
                      tabIndex={-1}
                      color={primaryColor}
                      aria-label={t('views:select_row', { title: selection.labelOf(row.original) })}
                      checked={isSelected}
                      onChange={(event) => {
                        const { nativeEvent } = event;
                        onActivate(row.id);
                        selection.onToggle(
                          row.id,
                          nativeEvent instanceof MouseEvent && nativeEvent.shiftKey,
                        );
                      }}
                    />
                  </td>
                )}
                {row.getAllCells().map((cell) => (
                  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its text is the cell's own
                  <td
                    key={cell.id}
                    className={classes.cell}
                    data-align={cell.column.columnDef.meta?.align}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Filler height={after} span={span} />}
        </tbody>
      </table>
      {isLoadingMore && <p className={classes.more}>{t('records:loading_more')}</p>}
    </section>
  );
}

/** Stands for the rows that are not drawn. */
function Filler({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing but height */}
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}
