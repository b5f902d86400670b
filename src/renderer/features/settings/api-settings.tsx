import { Button, CopyButton, NumberInput, Skeleton, Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestState } from '../../../shared/contract/access.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Section } from './section.tsx';
import classes from './settings.module.css';
import { TokenList } from './token-list.tsx';

/** Whether programs are let in, where, and which. */
export function ApiSettings() {
  const { t } = useTranslation('access');
  const failureText = useFailureText();
  const rest = useQuery(api.access.rest.queryOptions());
  return (
    <Section title={t('title')} text={t('text')}>
      {rest.isPending && <Skeleton height={36} />}
      {rest.error && <p className={classes.failure}>{failureText(rest.error)}</p>}
      {rest.data && <RestSettings state={rest.data} />}
      <TokenList />
    </Section>
  );
}

function RestSettings({ state }: { readonly state: RestState }) {
  const { t } = useTranslation('access');
  const failureText = useFailureText();
  const [port, setPort] = useState<string | number | null>(null);
  const update = useMutation(
    api.access.switch_rest.mutationOptions({
      onSuccess: (next) => queryClient.setQueryData(api.access.rest.queryKey(), next),
      onSettled: () => setPort(null),
    }),
  );

  function savePort(): void {
    if (typeof port === 'number' && port !== state.port) update.mutate({ port });
    else setPort(null);
  }

  return (
    <>
      {state.can_switch ? (
        <Switch
          label={t('state')}
          checked={state.enabled}
          disabled={update.isPending}
          onChange={(event) => update.mutate({ enabled: event.currentTarget.checked })}
        />
      ) : (
        <span className={classes.state}>
          <StatusDot tone="green" />
          {t('always_on')}
        </span>
      )}
      {state.can_switch && (
        <NumberInput
          label={t('port')}
          description={t('port_help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1_024}
          max={65_535}
          allowDecimal={false}
          hideControls
          value={port ?? state.port}
          error={update.error ? failureText(update.error) : undefined}
          onChange={setPort}
          onBlur={savePort}
          onKeyDown={(event) => {
            if (event.key === 'Enter') savePort();
          }}
        />
      )}
      {state.error !== null && (
        <p role="alert" className={classes.failure}>
          {t('not_listening', { error: state.error })}
        </p>
      )}
      {state.url !== null && <Address url={state.url} />}
    </>
  );
}

function Address({ url }: { readonly url: string }) {
  const { t } = useTranslation('access');
  const address = `${url}/api`;
  return (
    <div>
      <div className={classes.label}>{t('address')}</div>
      <div className={classes.path}>
        <code title={address}>{address}</code>
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <a className={classes.link} href={`${address}/docs`} target="_blank" rel="noreferrer">
        {t('docs')}
      </a>
    </div>
  );
}
