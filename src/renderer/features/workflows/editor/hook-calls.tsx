import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HookCall } from '../../../../shared/contract/hooks.ts';
import { api } from '../../../api/query.ts';
import { formatAgo, formatFull } from '../../../ui/format.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import classes from './editor.module.css';
import hookClasses from './hook-form.module.css';

/** As many as one looks through; the API has the rest of the hundred. */
const callsShown = 20;

/** The last calls of a workflow's address, refused ones with the reason. */
export function HookCalls({ workflowId }: { readonly workflowId: string }) {
  const { t } = useTranslation('hooks');
  const failureText = useFailureText();
  const calls = useQuery(
    api.hooks.calls.queryOptions({ input: { id: workflowId, limit: callsShown } }),
  );
  return (
    <section aria-label={t('calls')}>
      <div className={hookClasses.label}>{t('calls')}</div>
      {calls.isPending && <Skeleton height={32} />}
      {calls.error && <p className={classes.formError}>{failureText(calls.error)}</p>}
      {calls.data?.items.length === 0 && <p className={classes.formHint}>{t('no_calls')}</p>}
      {calls.data && calls.data.items.length > 0 && (
        <ul className={hookClasses.calls}>
          {calls.data.items.map((call) => (
            <li key={call.id}>
              <CallLine call={call} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CallLine({ call }: { readonly call: HookCall }) {
  const { t } = useTranslation('hooks');
  const { status, reason, received_at, body, execution_id } = call;
  return (
    <details className={hookClasses.call}>
      <summary>
        <StatusDot tone={reason === null ? 'green' : 'red'} />
        <span className={hookClasses.status}>{status}</span>
        <span className={hookClasses.reason}>{reason ?? t('accepted')}</span>
        <time className={hookClasses.time} dateTime={received_at} title={formatFull(received_at)}>
          {formatAgo(received_at)}
        </time>
      </summary>
      {reason !== null && <p className={classes.formError}>{reason}</p>}
      <pre className={hookClasses.payload}>{body === '' ? t('no_payload') : body}</pre>
      {execution_id !== null && (
        <Link to="/runs/{-$executionId}" params={{ executionId: execution_id }}>
          {t('view_run')}
        </Link>
      )}
    </details>
  );
}
