import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/query.ts';
import { RunsTable } from './runs-table.tsx';

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
  return (
    <RunsTable
      query={runs}
      withWorkflow={false}
      emptyText={t('runs.empty_workflow')}
      emptyAction={<Button onClick={onRun}>{t('editor.run_now')}</Button>}
    />
  );
}
