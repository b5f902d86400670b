import { Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { FailureLine } from '../../ui/failure-line.tsx';

interface DeleteWorkflowDialogProps {
  readonly workflow: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteWorkflowDialog({ workflow, onClose, onDeleted }: DeleteWorkflowDialogProps) {
  const { t } = useTranslation(['workflows', 'common']);
  const { name } = workflow;
  const remove = useMutation(
    api.workflows.remove.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
        notifications.show({ message: t('workflows:editor.deleted', { name }) });
        onClose();
        onDeleted?.();
      },
    }),
  );
  return (
    <Modal opened onClose={onClose} title={t('workflows:editor.delete_title', { name })} size="sm">
      <Text size="sm">{t('workflows:editor.delete_text')}</Text>
      <FailureLine error={remove.error} />
      <Group justify="flex-end" gap={8} mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          color="red"
          data-autofocus
          loading={remove.isPending}
          onClick={() => remove.mutate({ id: workflow.id })}
        >
          {t('common:delete')}
        </Button>
      </Group>
    </Modal>
  );
}
