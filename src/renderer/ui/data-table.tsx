import { useElementSize, useMergedRef } from '@mantine/hooks';
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { rowCommands } from '../commands/row-commands.ts';
import { useCommands } from '../commands/registry.ts';
import classes from './data-table.module.css';
import { TableSkeleton } from './table-skeleton.tsx';

interface ColumnMeta {
  /** Pixels the column needs; when the table is narrower, columns drop out from the end. */
  readonly width: number;
  /** Takes what is left over. */
  readonly grow?: boolean;
  readonly align?: 'end';
}

// A phantom value: the library reads only its type.
const features = tableFeatures({ columnMeta: {} as ColumnMeta });

export type DataColumn<Row extends object> = ColumnDef<typeof features, Row>;

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
}: DataTableProps<Row>) {
  const { t } = useTranslation('records');
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const mergedRef = useMergedRef(scroller, sizeRef);
  const shown = useMemo(() => fitting(columns, width - 32), [columns, width]);
  const table = useTable({ features, columns: shown, data: rows, getRowId: (row) => row.id });
  const model = table.getRowModel().rows;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // The header stays above the rows and covers the first line of the viewport.
    scrollPaddingStart: rowHeight,
    overscan: 10,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;

  useEffect(() => {
    if (last >= model.length - 20 && model.length > 0) onEndReached?.();
  }, [last, model.length, onEndReached]);

  function move(step: number): void {
    const current = rows.findIndex((row) => row.id === activeId);
    const next = rows[current === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, current + step))];
    if (!next) return;
    onActivate(next.id);
    virtualizer.scrollToIndex(rows.indexOf(next));
  }

  useCommands(
    rowCommands(move, () => {
      if (activeId) onOpen(activeId);
    }),
  );

  if (isLoading) return <TableSkeleton columns={Math.max(1, shown.length)} />;

  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section ref={mergedRef} className={classes.scroller} aria-label={label} tabIndex={0}>
      <table className={classes.table} aria-label={label} aria-rowcount={rows.length + 1}>
        <colgroup>
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
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  className={classes.head}
                  data-align={header.column.columnDef.meta?.align}
                >
                  {header.isPlaceholder ? null : <table.FlexRender header={header} />}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {before > 0 && <Filler height={before} />}
          {items.map((item) => {
            const row = model[item.index];
            if (!row) return null;
            return (
              <tr
                key={row.id}
                className={classes.row}
                aria-rowindex={item.index + 2}
                aria-selected={row.id === activeId}
                data-active={row.id === activeId || undefined}
                data-row-id={row.id}
                onClick={() => {
                  onActivate(row.id);
                  onOpen(row.id);
                }}
              >
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
          {after > 0 && <Filler height={after} />}
        </tbody>
      </table>
      {isLoadingMore && <p className={classes.more}>{t('loading_more')}</p>}
    </section>
  );
}

/** Stands for the rows that are not drawn. */
function Filler({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing but height */}
      <td style={{ height, padding: 0 }} />
    </tr>
  );
}
