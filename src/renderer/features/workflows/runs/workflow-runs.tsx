import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { CheckupPanel } from './checkup-panel.tsx';
import classes from './run.module.css';
import { RunsTable } from './runs-table.tsx';
import { WhyDialog } from './why-dialog.tsx';

interface WorkflowRunsProps {
  readonly workflowId: string;
  readonly onRun: () => void;
}

/** What one workflow did, newest first. */
export function WorkflowRuns({ workflowId, onRun }: WorkflowRunsProps) {
  const { t } = useTranslation('workflows');
  const runs = useInfiniteQuery(
    api.workflows.executions.infiniteOptions({
      input: (cursor: string | null) => ({
        id: workflowId,
        limit: 50,
        ...(cursor === null ? {} : { cursor }),
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
  const [asking, setAsking] = useState(false);
  const [checking, setChecking] = useState(false);
  return (
    <>
      <RunsBar
        workflowId={workflowId}
        onAsk={() => setAsking(true)}
        checking={checking}
        onCheck={() => setChecking(!checking)}
      />
      {checking && <CheckupPanel workflowId={workflowId} onRun={onRun} />}
      <RunsTable
        query={runs}
        withWorkflow={false}
        emptyText={t('runs.empty_workflow')}
        emptyAction={<Button onClick={onRun}>{t('editor.run_now')}</Button>}
      />
      {asking && <WhyDialog workflowId={workflowId} onClose={() => setAsking(false)} />}
    </>
  );
}

/** What can be asked of, or done to, all runs of the workflow. */
function RunsBar({
  workflowId,
  onAsk,
  checking,
  onCheck,
}: {
  readonly workflowId: string;
  readonly onAsk: () => void;
  readonly checking: boolean;
  readonly onCheck: () => void;
}) {
  const { t } = useTranslation(['workflows', 'insight']);
  const failureText = useFailureText();
  const open = useQuery(api.workflows.open_runs.queryOptions({ input: { id: workflowId } }));
  const retry = useMutation(
    api.workflows.retry_failed.mutationOptions({
      onSuccess: ({ count, refused }) => {
        void queryClient.invalidateQueries({ queryKey: api.executions.key() });
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
        notifications.show({
          message:
            refused === 0
              ? t('runs.retried', { count })
              : t('runs.retried_some', { count, refused }),
        });
      },
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
  const failed = open.data?.failed ?? 0;
  return (
    <div className={classes.bar}>
      <Button
        variant="subtle"
        renderRoot={(root: object) => (
          <Link to="/analytics" search={{ workflow: workflowId }} {...root} />
        )}
      >
        {t('insight:analytics')}
      </Button>
      <Button variant="subtle" aria-expanded={checking} onClick={onCheck}>
        {t('insight:not_running')}
      </Button>
      <Button variant="subtle" onClick={onAsk}>
        {t('why.open')}
      </Button>
      {failed > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              loading={retry.isPending}
              rightSection={<ChevronDown size={14} />}
            >
              {t('runs.retry_failed', { count: failed })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => retry.mutate({ id: workflowId })}>
              {t('runs.retry_own')}
            </Menu.Item>
            <Menu.Item onClick={() => retry.mutate({ id: workflowId, version: 'latest' })}>
              {t('runs.retry_latest')}
            </Menu.Item>
            <Menu.Item
              onClick={() => retry.mutate({ id: workflowId, version: 'latest', how: 'restart' })}
            >
              {t('runs.restart_latest')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
