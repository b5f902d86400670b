import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { RunDetails } from './runs/run-details.tsx';
import { RunsTable } from './runs/runs-table.tsx';

const route = getRouteApi('/runs/{-$executionId}');

/** Every run, or one of them. */
export function RunsScreen() {
  const { executionId } = route.useParams();
  return executionId ? <RunDetails key={executionId} id={executionId} /> : <AllRuns />;
}

function AllRuns() {
  const { t } = useTranslation('workflows');
  const runs = useInfiniteQuery(
    api.executions.list.infiniteOptions({
      input: (cursor: string | null) => ({ limit: 50, ...(cursor === null ? {} : { cursor }) }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
  return (
    <>
      <PageHeader title={t('runs.title')} />
      <RunsTable query={runs} withWorkflow emptyText={t('runs.empty_text')} />
    </>
  );
}
