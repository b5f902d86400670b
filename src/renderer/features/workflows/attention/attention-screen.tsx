import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attention } from '../../../../shared/contract/insight.ts';
import { api } from '../../../api/query.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatAgo, formatFull } from '../../../ui/format.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { UndoToast } from '../templates/undo-toast.tsx';
import classes from './attention.module.css';
import { refreshRuns, useRetryAll } from './use-retry-all.ts';

/** Failed runs, runs that need a decision and workflows that stopped: each with what puts it right. */
export function AttentionScreen() {
  const { t } = useTranslation('insight');
  const attention = useQuery(api.insight.attention.queryOptions());
  const retry = useRetryAll();
  const { data } = attention;
  const calm = data && data.failed.length + data.parked.length + data.workflows.length === 0;

  return (
    <>
      <PageHeader
        title={t('attention')}
        actions={
          data &&
          data.failed.length > 0 && (
            <Button loading={retry.isPending} onClick={() => retry.mutate(undefined)}>
              {t('retry_all')}
            </Button>
          )
        }
      />
      {attention.isPending && (
        <div className={classes.page} aria-busy="true">
          {[320, 280, 360].map((width) => (
            <Skeleton key={width} width={width} height={14} mt={24} />
          ))}
        </div>
      )}
      {!data && attention.error && (
        <ErrorState error={attention.error} onRetry={() => void attention.refetch()} />
      )}
      {calm && <EmptyState icon={CircleCheck} title={t('calm_title')} text={t('calm_text')} />}
      {data && !calm && (
        <div className={classes.page}>
          <Section title={t('workflows')} rows={data.workflows} keyOf={({ id }) => id}>
            {(workflow) => <StoppedWorkflow workflow={workflow} />}
          </Section>
          <Section title={t('failed')} rows={data.failed} keyOf={(row) => row.workflow_id}>
            {(row) => <FailedRuns row={row} />}
          </Section>
          <Section title={t('parked')} rows={data.parked} keyOf={({ id }) => id}>
            {(run) => (
              <>
                <StatusDot tone="amber" />
                <div className={classes.text}>
                  <Link
                    className={classes.name}
                    to="/runs/{-$executionId}"
                    params={{ executionId: run.id }}
                  >
                    {run.workflow_name}
                  </Link>
                  <span className={classes.count}>{run.record_name}</span>
                  <p className={classes.reason}>{run.error_message}</p>
                </div>
                <Button
                  variant="default"
                  renderRoot={(root: object) => (
                    <Link to="/runs/{-$executionId}" params={{ executionId: run.id }} {...root} />
                  )}
                >
                  {t('decide')}
                </Button>
              </>
            )}
          </Section>
        </div>
      )}
    </>
  );
}

interface SectionProps<T> {
  readonly title: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly children: (row: T) => ReactNode;
}

function Section<T>({ title, rows, keyOf, children }: SectionProps<T>) {
  if (rows.length === 0) return null;
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.heading}>{title}</h2>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={keyOf(row)} className={classes.row}>
            {children(row)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function StoppedWorkflow({
  workflow: { id, name, state, reason },
}: {
  readonly workflow: Attention['workflows'][number];
}) {
  const { t } = useTranslation('insight');
  const failureText = useFailureText();
  const resume = useMutation(
    api.workflows.resume.mutationOptions({
      onSuccess: refreshRuns,
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
  return (
    <>
      <StatusDot tone="red" />
      <div className={classes.text}>
        <Link className={classes.name} to="/workflows/$workflowId" params={{ workflowId: id }}>
          {name}
        </Link>
        <span className={classes.count}>{t(state === 'paused' ? 'paused' : 'does_not_run')}</span>
        <p className={classes.reason}>{reason}</p>
      </div>
      <Button
        variant="default"
        renderRoot={(root: object) => (
          <Link
            to="/workflows/$workflowId"
            params={{ workflowId: id }}
            search={{ fix: true }}
            {...root}
          />
        )}
      >
        {t('fix')}
      </Button>
      {state === 'paused' && (
        <Button loading={resume.isPending} onClick={() => resume.mutate({ id })}>
          {t('turn_on')}
        </Button>
      )}
    </>
  );
}

function FailedRuns({ row }: { readonly row: Attention['failed'][number] }) {
  const { t } = useTranslation('insight');
  const { workflow_id: id, workflow_name: name, count, last_error: error, last_at: at } = row;
  const retry = useRetryAll();
  const dismiss = useDismiss(id);
  return (
    <>
      <StatusDot tone="red" />
      <div className={classes.text}>
        <Link
          className={classes.name}
          to="/runs/{-$executionId}"
          params={{ executionId: undefined }}
          search={{ workflow: id, status: 'failed' }}
        >
          {name}
        </Link>
        <span className={classes.count}>{t('failed_count', { count })}</span>
        <p className={classes.reason}>{error}</p>
      </div>
      <time className={classes.when} dateTime={at} title={formatFull(at)}>
        {formatAgo(at)}
      </time>
      <Button
        variant="default"
        loading={dismiss.isPending}
        onClick={() => dismiss.mutate({ workflow_id: id })}
      >
        {t('dismiss')}
      </Button>
      <Button
        variant="default"
        loading={retry.isPending}
        onClick={() => retry.mutate({ workflow_id: id })}
      >
        {t('retry')}
      </Button>
    </>
  );
}

/** Puts the failed runs of a workflow aside at once, with the way back. */
function useDismiss(workflowId: string) {
  const { t } = useTranslation('insight');
  const failureText = useFailureText();
  const toast = `dismissed-${workflowId}`;

  async function bringBack(): Promise<void> {
    notifications.hide(toast);
    await api.insight.recall.call({ workflow_id: workflowId });
    refreshRuns();
  }

  return useMutation(
    api.insight.dismiss.mutationOptions({
      onSuccess: ({ count }) => {
        refreshRuns();
        notifications.show({
          id: toast,
          autoClose: 8_000,
          message: <UndoToast text={t('dismissed', { count })} onUndo={() => void bringBack()} />,
        });
      },
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
}
