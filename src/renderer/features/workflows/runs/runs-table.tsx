import { Button, Skeleton } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../../../../shared/contract/lists.ts';
import type { Execution } from '../../../../shared/contract/workflows.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatDayTime, formatDuration, formatFull } from '../../../ui/format.ts';
import { StatusPill } from '../../../ui/status-dot.tsx';
import { RecordLink } from '../record-link.tsx';
import { runTones } from '../run-strip.tsx';
import { useRunLabel } from '../use-run-label.ts';
import classes from '../workflows.module.css';

interface RunsTableProps {
  readonly query: {
    readonly data: { readonly pages: readonly Page<Execution>[] } | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly refetch: () => unknown;
    readonly fetchNextPage: () => unknown;
  };
  readonly withWorkflow: boolean;
  readonly emptyText: string;
  readonly emptyAction?: ReactNode;
}

export function RunsTable({ query, withWorkflow, emptyText, emptyAction }: RunsTableProps) {
  const { t } = useTranslation('workflows');
  const runs = query.data?.pages.flatMap((page) => page.items);
  if (query.isPending) {
    return (
      <div className={classes.skeletons} aria-busy="true">
        {[300, 260, 320, 280, 240].map((width) => (
          <div key={width} className={classes.skeletonRow}>
            <Skeleton width={90} height={16} radius={8} />
            <Skeleton width={width} height={12} />
          </div>
        ))}
      </div>
    );
  }
  if (!runs) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (runs.length === 0) {
    return (
      <EmptyState
        icon={History}
        title={t('runs.empty_title')}
        text={emptyText}
        action={emptyAction}
      />
    );
  }
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th className={classes.statusColumn}>{t('runs.status')}</th>
            {withWorkflow && <th>{t('runs.workflow')}</th>}
            <th>{t('runs.record')}</th>
            <th className={classes.stepsColumn}>{t('runs.steps')}</th>
            <th className={classes.whenRunColumn}>{t('runs.when')}</th>
            <th className={classes.numberColumn}>{t('runs.duration')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} withWorkflow={withWorkflow} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="subtle"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('runs.show_more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function RunRow({
  run,
  withWorkflow,
}: {
  readonly run: Execution;
  readonly withWorkflow: boolean;
}) {
  const { t } = useTranslation('workflows');
  const runLabel = useRunLabel();
  const navigate = useNavigate();
  const params = { executionId: run.id };
  const when = run.started_at ?? run.created_at;
  return (
    <tr
      className={classes.row}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('a')) return;
        void navigate({ to: '/runs/{-$executionId}', params });
      }}
    >
      <td>
        <StatusPill tone={runTones[run.status]} label={t(`run_status.${run.status}`)} />
      </td>
      {withWorkflow && (
        <td>
          <span className={classes.when}>{run.workflow_name}</span>
        </td>
      )}
      <td>
        <span className={classes.when}>
          <RecordLink record={run.record} name={run.record_name} />
        </span>
        {run.status === 'waiting' && <div className={classes.runWaits}>{runLabel(run)}</div>}
        {run.error_message !== null && (
          <div className={classes.runError} title={run.error_message}>
            {run.error_message}
          </div>
        )}
      </td>
      <td className={classes.dim}>
        {run.status === 'waiting' && run.success_count === 0 ? null : stepCount(run)}
      </td>
      <td>
        <Link
          className={classes.whenLink}
          to="/runs/{-$executionId}"
          params={params}
          title={formatFull(when)}
          aria-label={t('run.title_at', { name: run.workflow_name, when: formatDayTime(when) })}
        >
          {formatDayTime(when)}
        </Link>
      </td>
      <td className={classes.number}>
        {run.duration_seconds === null ? null : formatDuration(run.duration_seconds)}
      </td>
    </tr>
  );
}

/** `2` when all went well, `1 / 2` when not. */
function stepCount({ success_count, failure_count }: Execution): string {
  const all = success_count + failure_count;
  return failure_count === 0 ? String(all) : `${success_count} / ${all}`;
}
