import { Button, Menu } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../../shared/contract/workflows.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import classes from './run.module.css';

/** What can be done about a run: end its wait now, go on where it stopped, start it again, or end it. */
export function RunActions({ run }: { readonly run: Execution }) {
  const stopped = run.status === 'failed' || run.status === 'parked';
  if (stopped) return <StoppedActions run={run} />;
  if (run.status === 'waiting' || run.status === 'queued') return <WaitingActions run={run} />;
  if (run.status === 'partial' || run.status === 'cancelled') return <EndedActions run={run} />;
  return null;
}

function useKeepRun(run: Execution): (changed: Execution) => void {
  return (changed) => {
    queryClient.setQueryData(api.executions.get.queryKey({ input: { id: run.id } }), changed);
    void queryClient.invalidateQueries({ queryKey: api.executions.key() });
  };
}

function WaitingActions({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const onSuccess = useKeepRun(run);
  const fire = useMutation(api.executions.fire_now.mutationOptions({ onSuccess }));
  const cancel = useMutation(api.executions.cancel.mutationOptions({ onSuccess }));
  return (
    <div className={classes.actions}>
      {run.status === 'waiting' && (
        <Button
          variant="default"
          loading={fire.isPending}
          disabled={cancel.isPending}
          onClick={() => fire.mutate({ id: run.id })}
        >
          {t('run.fire_now')}
        </Button>
      )}
      <Button
        variant="default"
        loading={cancel.isPending}
        disabled={fire.isPending}
        onClick={() => cancel.mutate({ id: run.id })}
      >
        {t('run.cancel')}
      </Button>
      <Failure error={fire.error ?? cancel.error} />
    </div>
  );
}

/** A failed or parked run goes on where it stopped, with the step or without it; on the newest version if there is one. */
function StoppedActions({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const onSuccess = useKeepRun(run);
  const newer = useNewerVersion(run);
  const retry = useMutation(api.executions.retry.mutationOptions({ onSuccess }));
  const skip = useMutation(api.executions.skip.mutationOptions({ onSuccess }));
  const cancel = useMutation(api.executions.cancel.mutationOptions({ onSuccess }));
  const restart = useRestart();
  const { id } = run;
  const busy = retry.isPending || skip.isPending || cancel.isPending || restart.isPending;
  const failed = run.status === 'failed';
  return (
    <div className={classes.actions}>
      <Button loading={retry.isPending} disabled={busy} onClick={() => retry.mutate({ id })}>
        {t('run.retry')}
      </Button>
      <Button
        variant="default"
        loading={skip.isPending}
        disabled={busy}
        onClick={() => skip.mutate({ id })}
      >
        {t('run.skip')}
      </Button>
      {failed ? (
        <Button
          variant="default"
          loading={restart.isPending}
          disabled={busy}
          onClick={() => restart.mutate({ id })}
        >
          {t('run.restart')}
        </Button>
      ) : (
        <Button
          variant="default"
          loading={cancel.isPending}
          disabled={busy}
          onClick={() => cancel.mutate({ id })}
        >
          {t('run.cancel')}
        </Button>
      )}
      {newer !== null && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" disabled={busy} rightSection={<ChevronDown size={14} />}>
              {t('run.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => retry.mutate({ id, version: 'latest' })}>
              {t('run.retry_latest', { version: newer })}
            </Menu.Item>
            <Menu.Item onClick={() => skip.mutate({ id, version: 'latest' })}>
              {t('run.skip_latest', { version: newer })}
            </Menu.Item>
            {failed && (
              <Menu.Item onClick={() => restart.mutate({ id, version: 'latest' })}>
                {t('run.restart_latest', { version: newer })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <Failure error={retry.error ?? skip.error ?? cancel.error ?? restart.error} />
    </div>
  );
}

function EndedActions({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const newer = useNewerVersion(run);
  const restart = useRestart();
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        loading={restart.isPending}
        onClick={() => restart.mutate({ id: run.id })}
      >
        {t('run.restart')}
      </Button>
      {newer !== null && (
        <Button
          variant="subtle"
          disabled={restart.isPending}
          onClick={() => restart.mutate({ id: run.id, version: 'latest' })}
        >
          {t('run.restart_latest', { version: newer })}
        </Button>
      )}
      <Failure error={restart.error} />
    </div>
  );
}

/** Number of the version that runs next, when the run has an older one. */
function useNewerVersion(run: Execution): number | null {
  const workflow = useQuery(api.workflows.get.queryOptions({ input: { id: run.workflow_id } }));
  const newest = workflow.data?.version ?? null;
  return newest !== null && run.version !== null && newest > run.version ? newest : null;
}

/** Starts a run again and opens the new one. */
function useRestart() {
  const navigate = useNavigate();
  return useMutation(
    api.executions.restart.mutationOptions({
      onSuccess: (started) => {
        void queryClient.invalidateQueries({ queryKey: api.executions.key() });
        void navigate({ to: '/runs/{-$executionId}', params: { executionId: started.id } });
      },
    }),
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const failureText = useFailureText();
  if (error === null || error === undefined) return null;
  return (
    <span role="alert" className={classes.actionError}>
      {failureText(error)}
    </span>
  );
}
