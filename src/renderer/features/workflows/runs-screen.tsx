import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { executionStatuses } from '../../../shared/workflow/definition.ts';
import { api } from '../../api/query.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { RunDetails } from './runs/run-details.tsx';
import { RunFilters } from './runs/run-filters.tsx';
import { RunsTable } from './runs/runs-table.tsx';

const route = getRouteApi('/runs/{-$executionId}');

/** Every run, or one of them. */
export function RunsScreen() {
  const { executionId } = route.useParams();
  return executionId ? <RunDetails key={executionId} id={executionId} /> : <AllRuns />;
}

function AllRuns() {
  const { t } = useTranslation(['workflows', 'insight']);
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { workflow, from, to, step } = search;
  const status = executionStatuses.find((known) => known === search.status);
  const isFiltered = Object.keys(search).length > 0;
  const runs = useInfiniteQuery(
    api.executions.list.infiniteOptions({
      input: (cursor: string | null) => ({
        limit: 50,
        ...(cursor === null ? {} : { cursor }),
        ...(workflow === undefined ? {} : { workflow_id: workflow }),
        ...(status === undefined ? {} : { status }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(step === undefined ? {} : { failed_step: step }),
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
  return (
    <>
      <PageHeader title={t('workflows:runs.title')} />
      <RunFilters
        search={search}
        onChange={(next) =>
          void navigate({ params: { executionId: undefined }, search: next, replace: true })
        }
      />
      <RunsTable
        query={runs}
        withWorkflow
        emptyText={t(isFiltered ? 'insight:no_match' : 'workflows:runs.empty_text')}
      />
    </>
  );
}
