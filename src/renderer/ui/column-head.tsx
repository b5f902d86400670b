import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';

export interface ColumnSort {
  readonly column: string | null;
  readonly direction: 'asc' | 'desc';
  readonly onSort: (column: string) => void;
}

interface ColumnHeadProps {
  readonly id: string;
  readonly label: string;
  readonly width: number;
  readonly align: 'end' | undefined;
  readonly sort: ColumnSort | undefined;
  readonly onResize: ((columnId: string, width: number) => void) | undefined;
  readonly children: ReactNode;
}

const narrowest = 60;
const widest = 900;
const keyStep = 16;

const clamp = (width: number): number => Math.round(Math.min(widest, Math.max(narrowest, width)));

/** The head of a column: a press sorts by it, its edge changes its width. */
export function ColumnHead({ id, label, width, align, sort, onResize, children }: ColumnHeadProps) {
  const isSorted = sort?.column === id;
  const Arrow = sort?.direction === 'desc' ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      className={classes.head}
      data-align={align}
      aria-sort={isSorted ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      {sort ? (
        <button type="button" className={classes.sort} onClick={() => sort.onSort(id)}>
          <span className="truncate">{children}</span>
          {isSorted && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        children
      )}
      {onResize && (
        <WidthHandle label={label} width={width} onResize={(next) => onResize(id, next)} />
      )}
    </th>
  );
}

interface WidthHandleProps {
  readonly label: string;
  readonly width: number;
  readonly onResize: (width: number) => void;
}

function WidthHandle({ label, width, onResize }: WidthHandleProps) {
  const { t } = useTranslation('views');
  const from = useRef<{ x: number; width: number } | null>(null);

  function begin(event: PointerEvent<HTMLDivElement>): void {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    // As wide as it is drawn: the first column may have grown.
    const drawn = event.currentTarget.parentElement?.offsetWidth ?? width;
    from.current = { x: event.clientX, width: drawn };
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    onResize(clamp(width + (event.key === 'ArrowRight' ? keyStep : -keyStep)));
  }

  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an hr that is moved and focused is no rule between texts
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('resize', { column: label })}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      className={classes.handle}
      onPointerDown={begin}
      onPointerMove={(event) => {
        const start = from.current;
        if (start) onResize(clamp(start.width + event.clientX - start.x));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
