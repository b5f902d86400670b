import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signInWithToken, useSession } from '../../api/session.ts';
import classes from './token-page.module.css';

/** Shown when there is neither a session nor a code that gives one. */
export function TokenPage() {
  const { t } = useTranslation('shell');
  const ended = useSession((state) => state.refused);
  const [token, setToken] = useState('');
  const [failure, setFailure] = useState<'token_refused' | 'token_unreachable' | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      if (!(await signInWithToken(token))) setFailure('token_refused');
    } catch {
      setFailure('token_unreachable');
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={(event) => void submit(event)}>
        <Stack gap="md">
          <Title order={1}>{t('token_title')}</Title>
          <Text c="dimmed">{ended ? t('session_ended') : t('token_hint')}</Text>
          <PasswordInput
            label={t('token_label')}
            value={token}
            onChange={(event) => {
              setToken(event.currentTarget.value);
              setFailure(null);
            }}
            error={failure && t(failure)}
            autoComplete="off"
            autoFocus
            data-autofocus
          />
          <Button type="submit" loading={busy} disabled={token.trim() === ''}>
            {t('token_submit')}
          </Button>
        </Stack>
      </form>
    </main>
  );
}
