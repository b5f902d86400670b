import { Skeleton } from '@mantine/core';
import classes from './table-skeleton.module.css';

// Uneven widths, as of real values; fixed, so that a picture of it is always the same.
const widths = ['62%', '78%', '48%', '70%', '56%', '66%', '44%'];

/** The shape of a table whose rows are on their way. */
export function TableSkeleton({ columns, rows = 12 }: { columns: number; rows?: number }) {
  return (
    <div className={classes.skeleton} aria-busy="true">
      {Array.from({ length: rows }, (_unused, row) => (
        <div key={row} className={classes.row}>
          {Array.from({ length: columns }, (_cell, column) => (
            <Skeleton
              key={column}
              height={10}
              width={widths[(row * 3 + column * 2) % widths.length] ?? '60%'}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
