import {
  Button,
  Checkbox,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailAccount } from '../../../shared/contract/mail.ts';
import { describeFailure } from '../../api/errors.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './mail.module.css';
import { mailPresets } from './mail-presets.ts';

const securities = ['tls', 'starttls', 'none'] as const;

const blank = {
  name: '',
  from_name: '',
  from_address: '',
  reply_to: '',
  signature: '',
  host: '',
  port: 587,
  security: 'starttls' as MailAccount['security'],
  user_name: '',
  rate_per_minute: 30,
  is_default: false,
  password: '',
};

type Draft = typeof blank;

function draftOf(account: MailAccount | null): Draft {
  if (!account) return blank;
  const { from_name, reply_to, signature, user_name } = account;
  return {
    name: account.name,
    from_address: account.from_address,
    host: account.host,
    port: account.port,
    security: account.security,
    rate_per_minute: account.rate_per_minute,
    is_default: account.is_default,
    from_name: from_name ?? '',
    reply_to: reply_to ?? '',
    signature: signature ?? '',
    user_name: user_name ?? '',
    password: '',
  };
}

/** An empty text means that there is none. */
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

interface MailAccountDialogProps {
  /** Null: a new one. */
  readonly account: MailAccount | null;
  readonly onClose: () => void;
}

export function MailAccountDialog({ account, onClose }: MailAccountDialogProps) {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const [draft, setDraft] = useState(() => draftOf(account));
  const create = useMutation(api.mail_accounts.create.mutationOptions({ onSuccess: onClose }));
  const update = useMutation(api.mail_accounts.update.mutationOptions({ onSuccess: onClose }));
  const error = create.error ?? update.error;
  const failure = error && describeFailure(error);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });

  function choosePreset(name: string | null): void {
    const preset = mailPresets.find((known) => known.name === name);
    if (!preset) return;
    const { host, port, security, user_name: user } = preset;
    change({
      host,
      port,
      security,
      ...(draft.name === '' ? { name: preset.name } : {}),
      ...(user === undefined ? {} : { user_name: user }),
    });
  }

  function save(event: FormEvent): void {
    event.preventDefault();
    const { password, from_name, reply_to, signature, user_name, ...rest } = draft;
    const fields = {
      ...rest,
      from_name: orNull(from_name),
      reply_to: orNull(reply_to),
      signature: orNull(signature),
      user_name: orNull(user_name),
      // An empty input leaves the password as it is.
      ...(password === '' ? {} : { password }),
    };
    if (account) update.mutate({ id: account.id, ...fields });
    else create.mutate(fields);
  }

  const input = (
    name: 'name' | 'from_name' | 'from_address' | 'reply_to' | 'host' | 'user_name',
  ) => ({
    label: t(`accounts.${name}`),
    value: draft[name],
    error: failure?.field === name ? failure.message : null,
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  });

  return (
    <Modal opened onClose={onClose} title={t(account ? 'accounts.edit_title' : 'accounts.add')}>
      <form className={classes.form} onSubmit={save}>
        {!account && (
          <Select
            label={t('accounts.preset')}
            placeholder={t('accounts.other')}
            data={mailPresets.map(({ name }) => name)}
            onChange={choosePreset}
          />
        )}
        <TextInput {...input('name')} required data-autofocus />
        <div className={classes.pair}>
          <TextInput {...input('from_name')} />
          <TextInput {...input('from_address')} required />
        </div>
        <div className={classes.server}>
          <TextInput {...input('host')} required />
          <NumberInput
            label={t('accounts.port')}
            min={1}
            max={65_535}
            hideControls
            value={draft.port}
            onChange={(value) => change({ port: Number(value) })}
          />
          <Select
            label={t('accounts.security')}
            allowDeselect={false}
            data={securities.map((value) => ({ value, label: t(`accounts.security_${value}`) }))}
            value={draft.security}
            onChange={(value) =>
              change({ security: securities.find((known) => known === value) ?? 'starttls' })
            }
          />
        </div>
        <div className={classes.pair}>
          <TextInput {...input('user_name')} autoComplete="off" />
          <PasswordInput
            label={t('accounts.password')}
            placeholder={account?.has_password === true ? t('accounts.password_kept') : ''}
            autoComplete="new-password"
            value={draft.password}
            error={failure?.field === 'password' ? failure.message : null}
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
        </div>
        <div className={classes.pair}>
          <TextInput {...input('reply_to')} />
          <NumberInput
            label={t('accounts.rate')}
            min={1}
            max={10_000}
            value={draft.rate_per_minute}
            onChange={(value) => change({ rate_per_minute: Number(value) })}
          />
        </div>
        <Textarea
          label={t('accounts.signature')}
          autosize
          minRows={2}
          maxRows={6}
          value={draft.signature}
          onChange={(event) => change({ signature: event.currentTarget.value })}
        />
        <Checkbox
          label={t('accounts.use_default')}
          checked={draft.is_default}
          onChange={(event) => change({ is_default: event.currentTarget.checked })}
        />
        {error && (failure?.field ?? null) === null && <p role="alert">{failureText(error)}</p>}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('accounts.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || update.isPending}>
            {t('accounts.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
