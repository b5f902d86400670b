import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { type ListInput, recordApi } from './record-api.ts';
import { findRecord } from './record-cache.ts';

/** One record; a list that has it lends its copy until the answer is there. */
export function useRecord(object: ObjectName, id: string | null) {
  const queries = useQueryClient();
  return useQuery({
    ...recordApi(object).get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null,
    placeholderData: () => (id ? findRecord(queries, object, id) : undefined),
  });
}

const pageSize = 100;

/** All pages so far of a list with these filters. */
export function useRecords(object: ObjectName, filters: Omit<ListInput, 'cursor' | 'limit'> = {}) {
  const list = useInfiniteQuery(
    recordApi(object).list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filters, limit: pageSize, cursor }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      // While one types, the rows found before stay until the new ones are there.
      placeholderData: keepPreviousData,
    }),
  );
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  return { ...list, rows };
}

/** Up to 500 records in one call, for what is looked up rather than listed. */
export function useRecordsOnce(object: ObjectName, filters: Omit<ListInput, 'cursor' | 'limit'>) {
  const input = { ...filters, limit: 500 };
  return useQuery(recordApi(object).list.queryOptions({ input })).data?.items;
}
