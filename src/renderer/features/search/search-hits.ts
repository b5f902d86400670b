import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../api/query.ts';

/** Both answers to what was typed: names at once, everything else a moment later. A newer keystroke cancels the older. */
export function useSearch(q: string, limit: number) {
  const input = { q, limit };
  const enabled = q !== '';
  const names = useQuery({
    ...api.search.names.queryOptions({ input, placeholderData: keepPreviousData }),
    enabled,
  });
  const further = useQuery({
    ...api.search.further.queryOptions({ input, placeholderData: keepPreviousData }),
    enabled,
  });
  return {
    names: enabled ? (names.data?.items ?? []) : [],
    further: enabled ? (further.data?.items ?? []) : [],
    isSearching: enabled && (names.isPending || further.isFetching),
    error: names.error ?? further.error,
    retry: () => {
      void names.refetch();
      void further.refetch();
    },
  };
}
