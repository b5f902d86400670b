import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailAccount } from '../../../shared/contract/mail.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import { SettingLine } from '../settings/setting-line.tsx';
import classes from './mail.module.css';
import { MailAccountDialog } from './mail-account-dialog.tsx';

const refresh = (): void =>
  void queryClient.invalidateQueries({ queryKey: api.mail_accounts.key() });

/** The accounts mail goes out from. */
export function MailAccountsSettings() {
  const { t } = useTranslation('delivery');
  const { data, error } = useQuery(api.mail_accounts.list.queryOptions());
  const failureText = useFailureText();
  const [edited, setEdited] = useState<MailAccount | 'new' | null>(null);
  return (
    <Section title={t('accounts.title')} text={t('accounts.text')}>
      {error && <p role="alert">{failureText(error)}</p>}
      {data?.items.map((account) => (
        <AccountLine key={account.id} account={account} onEdit={() => setEdited(account)} />
      ))}
      <div>
        <Button variant="default" onClick={() => setEdited('new')}>
          {t('accounts.add')}
        </Button>
      </div>
      {edited !== null && (
        <MailAccountDialog
          account={edited === 'new' ? null : edited}
          onClose={() => {
            setEdited(null);
            refresh();
          }}
        />
      )}
    </Section>
  );
}

interface AccountLineProps {
  readonly account: MailAccount;
  readonly onEdit: () => void;
}

function AccountLine({ account, onEdit }: AccountLineProps) {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const onError = (error: unknown): void => {
    notifications.show({ color: 'red', message: failureText(error) });
  };
  const test = useMutation(api.mail_accounts.test.mutationOptions({ onError }));
  const remove = useMutation(
    api.mail_accounts.remove.mutationOptions({ onError, onSettled: refresh }),
  );
  const { id, name, from_address: from, is_default: isDefault } = account;
  return (
    <SettingLine
      title={<strong>{name}</strong>}
      actions={
        <>
          <Button
            variant="default"
            size="xs"
            loading={test.isPending}
            onClick={() => test.mutate({ id })}
          >
            {t('accounts.test')}
          </Button>
          <Button variant="default" size="xs" onClick={onEdit}>
            {t('accounts.edit')}
          </Button>
          <Button
            variant="subtle"
            size="xs"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate({ id })}
          >
            {t('accounts.remove')}
          </Button>
        </>
      }
    >
      <span className={classes.dim}>
        {from}
        {isDefault && ` · ${t('accounts.default')}`}
      </span>
      {account.user_name !== null && !account.has_password && (
        <span className={classes.warning}>{t('accounts.no_password')}</span>
      )}
      {test.data && (
        <output className={test.data.ok ? classes.good : classes.warning}>
          {test.data.ok ? t('accounts.works') : test.data.message}
        </output>
      )}
    </SettingLine>
  );
}
