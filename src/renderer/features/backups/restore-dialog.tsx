import { Button, Group, Modal, PasswordInput, Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backups.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatDayTime } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { FileCounts } from './file-counts.tsx';

interface RestoreDialogProps {
  readonly backup: Backup;
  readonly onClose: () => void;
}

/** Shows what is in a backup before it takes the place of everything. */
export function RestoreDialog({ backup, onClose }: RestoreDialogProps) {
  const { t } = useTranslation(['backups', 'common']);
  const failureText = useFailureText();
  const [passphrase, setPassphrase] = useState('');
  const { mutate: look, ...preview } = useMutation(api.backups.preview.mutationOptions());
  const restore = useMutation(
    api.backups.restore.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('backups:restored') });
        void queryClient.invalidateQueries();
        onClose();
      },
    }),
  );
  const { file, is_sealed: isSealed } = backup;
  const choice = { file, passphrase: isSealed ? passphrase : null };

  useEffect(() => {
    if (!isSealed) look({ file, passphrase: null });
  }, [file, isSealed, look]);

  function open(event: FormEvent): void {
    event.preventDefault();
    look(choice);
  }

  const error = restore.error ?? preview.error;
  return (
    <Modal
      opened
      onClose={restore.isPending ? () => undefined : onClose}
      title={t('backups:restore_title', { when: formatDayTime(backup.created_at) })}
      closeButtonProps={{ disabled: restore.isPending }}
    >
      {isSealed && !preview.data ? (
        <form onSubmit={open}>
          <PasswordInput
            label={t('backups:restore_passphrase')}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            error={error && failureText(error)}
            autoComplete="off"
            data-autofocus
          />
          <Group justify="flex-end" gap={8} mt="lg">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={preview.isPending} disabled={passphrase === ''}>
              {t('backups:restore_open')}
            </Button>
          </Group>
        </form>
      ) : (
        <>
          {preview.data ? (
            <FileCounts summary={preview.data} />
          ) : (
            !error && (
              <output aria-label={t('backups:restore_checking')}>
                <Skeleton height={220} my="md" />
              </output>
            )
          )}
          {error && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert" my="sm">
              {failureText(error)}
            </Text>
          )}
          <Text size="sm">{t('backups:restore_text')}</Text>
          <Group justify="flex-end" gap={8} mt="lg">
            <Button variant="default" onClick={onClose} disabled={restore.isPending}>
              {t('common:cancel')}
            </Button>
            <Button
              data-autofocus
              disabled={!preview.data}
              loading={restore.isPending}
              onClick={() => restore.mutate(choice)}
            >
              {t('backups:restore_do')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
