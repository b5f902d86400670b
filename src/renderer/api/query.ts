import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import { isAnswer } from './errors.ts';

/** Query and mutation options of every call: `useQuery(api.deals.list.queryOptions({ input }))`. */
export const api = createTanstackQueryUtils(client);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The live stream says what changed, so nothing grows stale by itself.
      staleTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      // The server is on this computer: being offline says nothing about reaching it.
      networkMode: 'always',
      retry: (count, error) => !isAnswer(error) && count < 2,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
