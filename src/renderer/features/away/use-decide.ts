import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../api/client.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';

interface Decision {
  readonly id: string;
  readonly decision: 'run' | 'skip';
}

/** Decides about all that a workflow missed: as many calls as it takes, since each takes on some hundreds. */
export function useDecide() {
  const failureText = useFailureText();
  return useMutation({
    networkMode: 'always',
    mutationFn: async (decision: Decision): Promise<void> => {
      let left = 1;
      while (left > 0) ({ left } = await client.away.decide(decision));
    },
    onError: (error) => {
      notifications.show({ color: 'red', message: failureText(error) });
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: api.away.key() }),
  });
}
