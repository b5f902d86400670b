import { useEffect } from 'react';
import { useRecords } from '../records/use-record.ts';

/** All open tasks, since they are grouped by date, and the latest done ones. */
export function useTaskLists() {
  const open = useRecords('task', { state: 'open' });
  const done = useRecords('task', { state: 'completed' });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = open;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { open, done };
}
