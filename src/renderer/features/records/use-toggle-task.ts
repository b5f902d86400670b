import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../ui/use-failure-text.ts';
import type { AnyRecord } from './record-api.ts';
import { useUpdateRecord } from './use-record-writes.ts';

/** Ticks a task, or takes the tick back. */
export function useToggleTask(): (task: AnyRecord) => void {
  const { t } = useTranslation('records');
  const failureText = useFailureText();
  const update = useUpdateRecord('task');
  return (task) => {
    const completed_at = task.completed_at === null ? new Date().toISOString() : null;
    update.mutate(
      { id: task.id, patch: { completed_at } },
      {
        onError: (error) =>
          notifications.show({
            title: t('save_failed'),
            message: failureText(error),
            color: 'red',
          }),
      },
    );
  };
}
