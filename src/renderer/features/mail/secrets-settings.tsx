import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import { SettingLine } from '../settings/setting-line.tsx';
import classes from './mail.module.css';

const onSettled = (): void => void queryClient.invalidateQueries({ queryKey: api.secrets.key() });

/** Secrets that webhooks name: written once, never shown again. */
export function SecretsSettings() {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const { data } = useQuery(api.secrets.list.queryOptions());
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const write = useMutation(
    api.secrets.write.mutationOptions({
      onSettled,
      onSuccess: () => {
        setName('');
        setValue('');
      },
    }),
  );
  const remove = useMutation(api.secrets.remove.mutationOptions({ onSettled }));

  function save(event: FormEvent): void {
    event.preventDefault();
    write.mutate({ name, value });
  }

  return (
    <Section title={t('secrets.title')} text={t('secrets.text')}>
      {data?.names.map((secret) => (
        <SettingLine
          key={secret}
          title={<code>{secret}</code>}
          actions={
            <Button
              variant="subtle"
              size="xs"
              color="red"
              onClick={() => remove.mutate({ name: secret })}
            >
              {t('secrets.remove')}
            </Button>
          }
        />
      ))}
      <form className={classes.form} onSubmit={save}>
        <div className={classes.pair}>
          <TextInput
            label={t('secrets.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('secrets.value')}
            autoComplete="new-password"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </div>
        {(write.error ?? remove.error) && (
          <p role="alert">{failureText(write.error ?? remove.error)}</p>
        )}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={write.isPending}
            disabled={name.trim() === '' || value === ''}
          >
            {t('secrets.add')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
