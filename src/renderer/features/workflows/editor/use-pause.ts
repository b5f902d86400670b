import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { PauseMode } from '../../../../shared/workflow/definition.ts';
import { client } from '../../../api/client.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';

/** Pauses a workflow in the way that was chosen; unsaved changes stay unsaved. */
export function usePause(workflow: Workflow | null) {
  const { t } = useTranslation('workflows');
  const failureText = useFailureText();
  return useMutation({
    networkMode: 'always',
    mutationFn: (runs: PauseMode) => client.workflows.pause({ id: workflow?.id ?? '', runs }),
    onSuccess: (paused) => {
      queryClient.setQueryData(api.workflows.get.queryKey({ input: { id: paused.id } }), paused);
      void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
      notifications.show({ message: t('editor.paused', { name: paused.name }) });
    },
    onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
  });
}
