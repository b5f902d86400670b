import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import classes from './backups.module.css';

/** @param folder where the suggested copy lies; null: none is suggested */
export function ExportCopy({ folder }: { readonly folder: string | null }) {
  const { t } = useTranslation('backups');
  const failureText = useFailureText();
  const [typed, setTyped] = useState<string | null>(null);
  const write = useMutation(
    api.backups.export_copy.mutationOptions({
      onSuccess: () => {
        setTyped(null);
        notifications.show({ message: t('exported') });
      },
    }),
  );
  const path = typed ?? suggested(folder);

  function submit(event: FormEvent): void {
    event.preventDefault();
    write.mutate({ path: path.trim() });
  }

  return (
    <Section title={t('export_title')} text={t('export_text')}>
      <form onSubmit={submit} className={classes.row}>
        <TextInput
          label={t('export_label')}
          value={path}
          error={write.error && failureText(write.error)}
          onChange={(event) => {
            write.reset();
            setTyped(event.currentTarget.value);
          }}
        />
        <Button type="submit" variant="default" loading={write.isPending} disabled={path === ''}>
          {t('export_do')}
        </Button>
      </form>
    </Section>
  );
}

function suggested(folder: string | null): string {
  if (folder === null) return '';
  const separator = folder.includes('\\') ? '\\' : '/';
  const day = new Date().toLocaleDateString('sv-SE');
  return `${folder}${separator}Trellis ${day}.db`;
}
