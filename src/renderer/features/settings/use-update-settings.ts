import { useMutation } from '@tanstack/react-query';
import { api, queryClient } from '../../api/query.ts';

/** Writes settings at once; the screen shows the new value before the file has answered. */
export function useUpdateSettings() {
  const queryKey = api.settings.get.queryKey();
  return useMutation(
    api.settings.update.mutationOptions({
      onMutate: (change) => {
        // An answer already under way would put the old value back.
        void queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData(queryKey);
        const given = Object.fromEntries(
          Object.entries(change).filter(([, value]) => value !== undefined),
        );
        queryClient.setQueryData(queryKey, (old) => old && { ...old, ...given });
        return { before };
      },
      onError: (_error, _change, context) => queryClient.setQueryData(queryKey, context?.before),
      onSettled: () => void queryClient.invalidateQueries({ queryKey }),
    }),
  );
}
