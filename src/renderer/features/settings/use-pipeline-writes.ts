import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';

/** What Settings does to pipelines and stages; a failure is told, and what is shown is read again either way. */
export function usePipelineWrites() {
  const { t } = useTranslation('settings');
  const failureText = useFailureText();
  const options = {
    onError: (error: unknown) =>
      notifications.show({
        title: t('pipelines.failed'),
        message: failureText(error),
        color: 'red',
      }),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.pipelines.key() });
      void queryClient.invalidateQueries({ queryKey: api.pipeline.key() });
    },
  };
  const removed = (count: number) =>
    notifications.show({
      message: count > 0 ? t('pipelines.moved', { count }) : t('pipelines.removed'),
    });
  const dissolved = { ...options, onSuccess: ({ count }: { count: number }) => removed(count) };
  return {
    createPipeline: useMutation(api.pipelines.create.mutationOptions(options)),
    updatePipeline: useMutation(api.pipelines.update.mutationOptions(options)),
    removePipeline: useMutation(
      api.pipelines.remove.mutationOptions({ ...options, onSuccess: () => removed(0) }),
    ),
    dissolvePipeline: useMutation(api.pipelines.dissolve.mutationOptions(dissolved)),
    createStage: useMutation(api.stages.create.mutationOptions(options)),
    updateStage: useMutation(api.stages.update.mutationOptions(options)),
    removeStage: useMutation(
      api.stages.remove.mutationOptions({ ...options, onSuccess: () => removed(0) }),
    ),
    dissolveStage: useMutation(api.stages.dissolve.mutationOptions(dissolved)),
  };
}

export type PipelineWrites = ReturnType<typeof usePipelineWrites>;
