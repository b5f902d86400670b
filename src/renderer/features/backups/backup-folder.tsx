import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import classes from './backups.module.css';

export function BackupFolder({ folder }: { readonly folder: string }) {
  const { t } = useTranslation(['backups', 'common']);
  const failureText = useFailureText();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useMutation(
    api.backups.use_folder.mutationOptions({
      onSuccess: () => {
        setTyped(null);
        notifications.show({ message: t('backups:folder_saved') });
      },
    }),
  );
  const isChanged = typed !== null && typed.trim() !== folder && typed.trim() !== '';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isChanged) save.mutate({ folder: typed.trim() });
  }

  return (
    <Section title={t('backups:folder_title')} text={t('backups:folder_text')}>
      <form onSubmit={submit} className={classes.row}>
        <TextInput
          label={t('backups:folder_label')}
          value={typed ?? folder}
          error={save.error && failureText(save.error)}
          onChange={(event) => {
            save.reset();
            setTyped(event.currentTarget.value);
          }}
        />
        {isChanged && (
          <Button type="submit" loading={save.isPending}>
            {t('common:save')}
          </Button>
        )}
      </form>
    </Section>
  );
}
