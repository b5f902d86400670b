import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ViewListInput } from '../../../shared/contract/views.ts';
import { api } from '../../api/query.ts';
import type { AnyRecord } from '../records/record-api.ts';

const pageSize = 100;

export type ViewInput = Omit<ViewListInput, 'cursor' | 'limit'>;

/** The records of a view, page after page as one scrolls. */
export function useViewRecords(input: ViewInput) {
  const list = useInfiniteQuery(
    api.views.query.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...input, limit: pageSize, cursor }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      // While one types, the rows found before stay until the new ones are there.
      placeholderData: keepPreviousData,
    }),
  );
  const pages = list.data?.pages;
  const rows = useMemo(
    // The rows of a view are records of its kind; the registry knows their fields.
    () => (pages?.flatMap((page) => page.items) ?? []) as unknown as AnyRecord[],
    [pages],
  );
  return { ...list, rows };
}

/** How many there are: asked beside the rows, which never wait for it. */
export function useViewCount(
  { object, conditions, q }: ViewInput,
  enabled = true,
): number | undefined {
  return useQuery({
    ...api.views.count.queryOptions({
      input: { object, conditions, q },
      placeholderData: keepPreviousData,
    }),
    enabled,
  }).data?.count;
}

export function useViewGroups({ object, conditions, q }: ViewInput, groupBy: string | null) {
  return useQuery({
    ...api.views.groups.queryOptions({
      input: { object, conditions, q, group_by: groupBy ?? '' },
      placeholderData: keepPreviousData,
    }),
    enabled: groupBy !== null,
  });
}
