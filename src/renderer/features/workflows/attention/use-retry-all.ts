import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';

export function refreshRuns(): void {
  void queryClient.invalidateQueries({ queryKey: api.insight.key() });
  void queryClient.invalidateQueries({ queryKey: api.executions.key() });
  void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
}

/** Goes on with failed runs, of one workflow or of all, and says how many went on. */
export function useRetryAll() {
  const { t } = useTranslation('insight');
  const failureText = useFailureText();
  return useMutation(
    api.insight.retry_all.mutationOptions({
      onSuccess: ({ count, refused }) => {
        refreshRuns();
        notifications.show({
          message: refused === 0 ? t('retried', { count }) : t('retried_some', { count, refused }),
        });
      },
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
}
