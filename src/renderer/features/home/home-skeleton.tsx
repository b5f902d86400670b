import { Skeleton } from '@mantine/core';
import classes from './home-screen.module.css';

const four = ['a', 'b', 'c', 'd'] as const;
const lines = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** The real layout with nothing in it yet. */
export function HomeSkeleton() {
  return (
    <div className={classes.page} aria-busy="true">
      <div className={classes.inner}>
        <header className={classes.header}>
          <Skeleton height={18} width={160} my={5} />
          <Skeleton height={10} width={120} my={5} />
        </header>
        <div className={classes.figures}>
          {four.map((key) => (
            <div key={key} className={classes.figure}>
              <Skeleton height={10} width={72} my={4} />
              <Skeleton height={18} width={48} my={5} />
            </div>
          ))}
        </div>
        <div className={classes.columns}>
          {['left', 'right'].map((side) => (
            <div key={side} className={classes.section}>
              <Skeleton height={12} width={96} my={10} />
              {lines.map((line, index) => (
                <Skeleton key={line} height={10} width={`${80 - index * 7}%`} my={11} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
