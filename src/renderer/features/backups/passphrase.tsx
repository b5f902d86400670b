import { Button, Group, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../api/errors.ts';
import { api } from '../../api/query.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import settingsClasses from '../settings/settings.module.css';

const empty = { passphrase: '', current: '' };

export function Passphrase({ isSealed }: { readonly isSealed: boolean }) {
  const { t } = useTranslation('backups');
  const failureText = useFailureText();
  const [typed, setTyped] = useState(empty);
  const save = useMutation(
    api.backups.use_passphrase.mutationOptions({
      onSuccess: () => {
        setTyped(empty);
        notifications.show({ message: t('seal_changed') });
      },
    }),
  );
  const failure = save.error && failureText(save.error);
  const isAboutCurrent = save.error && describeFailure(save.error).field === 'current';
  const current = isSealed ? typed.current : null;

  function type(change: Partial<typeof empty>): void {
    save.reset();
    setTyped({ ...typed, ...change });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ passphrase: typed.passphrase, current });
  }

  return (
    <Section title={t('seal_title')} text={t('seal_text')}>
      <span className={settingsClasses.state}>
        <StatusDot tone={isSealed ? 'green' : 'grey'} />
        {t(isSealed ? 'seal_on' : 'seal_off')}
      </span>
      <form onSubmit={submit} className={settingsClasses.fields}>
        {isSealed && (
          <PasswordInput
            label={t('seal_current')}
            value={typed.current}
            error={isAboutCurrent && failure}
            autoComplete="off"
            onChange={(event) => type({ current: event.currentTarget.value })}
          />
        )}
        <PasswordInput
          label={t('seal_new')}
          description={t('seal_new_hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={typed.passphrase}
          error={!isAboutCurrent && failure}
          autoComplete="new-password"
          onChange={(event) => type({ passphrase: event.currentTarget.value })}
        />
        <Group gap={8}>
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={typed.passphrase === '' || (isSealed && typed.current === '')}
          >
            {t(isSealed ? 'seal_change' : 'seal_set')}
          </Button>
          {isSealed && (
            <Button
              variant="default"
              disabled={typed.current === '' || save.isPending}
              onClick={() => save.mutate({ passphrase: null, current })}
            >
              {t('seal_end')}
            </Button>
          )}
        </Group>
      </form>
    </Section>
  );
}
