import { Button, CopyButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import classes from './editor.module.css';
import { HookCalls } from './hook-calls.tsx';
import hookClasses from './hook-form.module.css';

interface HookAddressProps {
  readonly workflow: Workflow | null;
  /** Whether senders need the secret. */
  readonly signed: boolean;
}

/** Where programs send what starts this workflow, and who did. */
export function HookAddress({ workflow, signed }: HookAddressProps) {
  const { t } = useTranslation('hooks');
  const id = workflow?.id ?? '';
  const hasAddress = workflow !== null && workflow.hook_key !== null;
  const hook = useQuery(api.hooks.get.queryOptions({ input: { id }, enabled: hasAddress }));
  const rest = useQuery(api.access.rest.queryOptions());

  if (!hasAddress) return <p className={classes.formHint}>{t('after_saving')}</p>;
  const url = rest.data?.url ?? null;
  const path = `/api/hooks/${workflow.hook_key}`;
  return (
    <div>
      <CopiedValue label={t('address')} value={`${url ?? ''}${path}`} />
      <p className={classes.formHint}>{t('address_help')}</p>
      {rest.data && url === null && (
        <output className={hookClasses.under}>
          {t('api_off')} <Link to="/settings">{t('to_settings')}</Link>
        </output>
      )}
      <NewAddress id={id} />
      {signed && hook.data && <CopiedValue label={t('secret')} value={hook.data.signing_secret} />}
      <HookCalls workflowId={id} />
    </div>
  );
}

function CopiedValue({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation('hooks');
  return (
    <div>
      <div className={hookClasses.label}>{label}</div>
      <div className={hookClasses.value}>
        <code title={value}>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-label={`${t('copy')}: ${label}`}>
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

/** A replaced address cannot be had back, so what it means is said before it is done. */
function NewAddress({ id }: { readonly id: string }) {
  const { t } = useTranslation('hooks');
  const failureText = useFailureText();
  const [asked, setAsked] = useState(false);
  const rotate = useMutation(
    api.hooks.rotate.mutationOptions({
      onSuccess: () => setAsked(false),
      onSettled: () => {
        void queryClient.invalidateQueries({ queryKey: api.hooks.key() });
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
      },
    }),
  );
  if (!asked) {
    return (
      <div className={hookClasses.under}>
        <Button size="xs" variant="subtle" onClick={() => setAsked(true)}>
          {t('rotate')}
        </Button>
      </div>
    );
  }
  return (
    <div className={hookClasses.under}>
      <span role="alert">{rotate.error ? failureText(rotate.error) : t('rotate_warning')}</span>
      <Button size="xs" loading={rotate.isPending} onClick={() => rotate.mutate({ id })}>
        {t('rotate_confirm')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsked(false)}>
        {t('cancel')}
      </Button>
    </div>
  );
}
