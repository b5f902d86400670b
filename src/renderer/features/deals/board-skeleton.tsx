import { Skeleton } from '@mantine/core';
import classes from './deals-board.module.css';

const heights = { one: [96, 84, 96, 84], two: [84, 96, 84], three: [96, 84] } as const;

export function BoardSkeleton() {
  return (
    <div className={classes.board} aria-busy="true">
      <div className={classes.columns}>
        {Object.entries(heights).map(([column, cards]) => (
          <div key={column} className={classes.column}>
            <div className={classes.head}>
              <Skeleton height={12} width={96} />
            </div>
            <div className={classes.cards}>
              {cards.map((height, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- cards without content have no other name
                <Skeleton key={index} height={height} radius={8} />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
