import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/query.ts';

/** How often a running import is asked how far it is, in milliseconds. */
const askEvery = 250;

export function useImportState(id: string) {
  return useQuery(
    api.imports.state.queryOptions({
      input: { id },
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data && state.data.work !== 'none' ? askEvery : false),
    }),
  );
}
