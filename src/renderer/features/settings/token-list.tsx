import { Button, CopyButton, Skeleton, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiToken } from '../../../shared/contract/access.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatAgo } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './settings.module.css';

const refresh = () => void queryClient.invalidateQueries({ queryKey: api.access.tokens.key() });

/** The named tokens, and a new one for the one moment it can be seen. */
export function TokenList() {
  const { t } = useTranslation('access');
  const failureText = useFailureText();
  const tokens = useQuery(api.access.tokens.queryOptions());
  return (
    <div>
      <div className={classes.label}>{t('tokens')}</div>
      <p className={classes.text}>{t('tokens_text')}</p>
      {tokens.isPending && <Skeleton height={36} mt={8} />}
      {tokens.error && <p className={classes.failure}>{failureText(tokens.error)}</p>}
      {tokens.data?.items.length === 0 && <p className={classes.text}>{t('no_tokens')}</p>}
      {tokens.data && tokens.data.items.length > 0 && (
        <ul className={classes.tokens} aria-label={t('tokens')}>
          {tokens.data.items.map((token) => (
            <TokenLine key={token.id} token={token} />
          ))}
        </ul>
      )}
      <NewToken />
    </div>
  );
}

function TokenLine({ token }: { readonly token: ApiToken }) {
  const { t } = useTranslation('access');
  const failureText = useFailureText();
  const { id, name, last_used_at } = token;
  const revoke = useMutation(
    api.access.revoke_token.mutationOptions({
      onSuccess: () => notifications.show({ message: t('revoked', { name }) }),
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
      onSettled: refresh,
    }),
  );
  return (
    <li className={classes.token}>
      <span className={classes.tokenName}>{name}</span>
      <span className={classes.tokenUse}>
        {last_used_at === null ? t('never_used') : t('last_used', { ago: formatAgo(last_used_at) })}
      </span>
      <Button
        size="xs"
        variant="default"
        aria-label={t('revoke', { name })}
        loading={revoke.isPending}
        onClick={() => revoke.mutate({ id })}
      >
        {t('revoke_short')}
      </Button>
    </li>
  );
}

function NewToken() {
  const { t } = useTranslation('access');
  const failureText = useFailureText();
  const [name, setName] = useState('');
  const create = useMutation(
    api.access.create_token.mutationOptions({
      onSuccess: () => setName(''),
      onSettled: refresh,
    }),
  );

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '') create.mutate({ name });
  }

  if (create.data) {
    const made = create.data;
    return (
      <div className={classes.newToken}>
        <output className={classes.text}>{t('created', { name: made.name })}</output>
        <div className={classes.path}>
          <TextInput
            className={classes.grow}
            aria-label={t('token')}
            readOnly
            value={made.token}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={made.token}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'copied' : 'copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={() => create.reset()}>{t('done')}</Button>
        </div>
      </div>
    );
  }
  return (
    <form className={classes.newToken} onSubmit={submit}>
      <div className={classes.path}>
        <TextInput
          className={classes.grow}
          aria-label={t('name')}
          placeholder={t('name_placeholder')}
          value={name}
          error={create.error ? failureText(create.error) : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === ''}
          loading={create.isPending}
        >
          {t('create')}
        </Button>
      </div>
    </form>
  );
}
