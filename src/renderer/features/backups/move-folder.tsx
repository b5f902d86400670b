import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import classes from './backups.module.css';

/** Takes the data folder to another place; only the desktop app can start itself again there. */
export function MoveFolder() {
  const { t } = useTranslation('backups');
  const failureText = useFailureText();
  const { data: info } = useQuery(api.system.info.queryOptions());
  const { data: desktop } = useQuery(api.desktop.get.queryOptions());
  const [path, setPath] = useState('');
  const move = useMutation(api.desktop.move_data_folder.mutationOptions());
  if (!info || desktop === undefined) return null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    move.mutate({ path: path.trim() });
  }

  return (
    <Section title={t('move_title')} text={t('move_text')}>
      <p className={classes.dim}>
        {t('move_now')} <code>{info.data_dir}</code>
      </p>
      {desktop === null ? (
        <p className={classes.dim}>{t('move_server')}</p>
      ) : (
        <form onSubmit={submit} className={classes.row}>
          <TextInput
            label={t('move_label')}
            value={path}
            error={move.error && failureText(move.error)}
            onChange={(event) => {
              move.reset();
              setPath(event.currentTarget.value);
            }}
          />
          <Button
            type="submit"
            variant="default"
            loading={move.isPending}
            disabled={path.trim() === ''}
          >
            {t('move_do')}
          </Button>
        </form>
      )}
      {move.isSuccess && <output>{t('moved')}</output>}
    </Section>
  );
}
