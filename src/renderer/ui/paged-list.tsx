import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';
import classes from './paged-list.module.css';

interface PagedListProps<Item> {
  /** What `useInfiniteQuery` answers. */
  readonly query: {
    readonly data: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly refetch: () => unknown;
    readonly fetchNextPage: () => unknown;
  };
  /** In place of the rows when there are none. */
  readonly empty: ReactNode;
  /** Of the button that asks for older ones. */
  readonly moreLabel: string;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list that fills the screen, page by page: its rows, or that they are loading, failed or missing. */
export function PagedList<Item>({ query, empty, moreLabel, children }: PagedListProps<Item>) {
  const items = query.data?.pages.flatMap((page) => page.items);
  if (query.isPending) {
    return (
      <div className={classes.list} aria-busy="true">
        {[240, 300, 200].map((width) => (
          <div key={width} className={classes.skeleton}>
            <Skeleton width={width} height={12} />
            <Skeleton width={width * 1.6} height={10} />
          </div>
        ))}
      </div>
    );
  }
  if (!items) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return empty;
  return (
    <div className={classes.scroll}>
      {children(items)}
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="subtle"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {moreLabel}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Its rows; several of them where the list is in groups. */
export function Rows({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  );
}
