import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatLongDay } from '../../ui/format.ts';
import { AwayBlock } from '../away/away-block.tsx';
import { useShownPipeline } from '../deals/use-pipelines.ts';
import { TaskLine } from '../records/task-line.tsx';
import { AutomationLines } from './automation-lines.tsx';
import { DealLines } from './deal-lines.tsx';
import { FilteredLink, type FilteredView } from './filtered-link.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Figures } from './figures.tsx';
import classes from './home-screen.module.css';
import { HomeSkeleton } from './home-skeleton.tsx';
import { PipelineChart } from './pipeline-chart.tsx';
import { useLastLook } from './use-last-look.ts';

const FirstStart = lazy(async () => ({
  default: (await import('../first-start/first-start.tsx')).FirstStart,
}));

const ClosedChart = lazy(async () => ({
  default: (await import('./closed-chart.tsx')).ClosedChart,
}));

const PipelineSwitch = lazy(async () => ({
  default: (await import('../deals/pipeline-switch.tsx')).PipelineSwitch,
}));

const isOpen = { field: 'deal.status', operator: '=', value: 'open' } as const;

/** As the summary counts them. */
const closingView: FilteredView = {
  object: 'deal',
  rules: [
    isOpen,
    {
      combinator: 'or',
      rules: [
        { field: 'deal.expected_close_date', operator: 'inNextDays', value: 14 },
        { field: 'deal.expected_close_date', operator: 'inLastDays', value: 3_650 },
      ],
    },
  ],
  sort: { field: 'expected_close_date', direction: 'asc' },
};

const staleView: FilteredView = {
  object: 'deal',
  rules: [
    isOpen,
    {
      combinator: 'and',
      not: true,
      rules: [{ field: 'deal.updated_at', operator: 'inLastDays', value: 14 }],
    },
  ],
  sort: { field: 'updated_at', direction: 'asc' },
};

function partOfDay(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = now.getHours();
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

export function HomeScreen() {
  const { startedEmpty, startEmpty } = useWindowStore();
  const info = useQuery(api.system.info.queryOptions());
  if (info.isError) return <ErrorState error={info.error} onRetry={() => void info.refetch()} />;
  if (!info.data) return <HomeSkeleton />;
  return info.data.is_empty && !startedEmpty ? (
    <Suspense fallback={<HomeSkeleton />}>
      <FirstStart onStartEmpty={startEmpty} />
    </Suspense>
  ) : (
    <Overview />
  );
}

/** How things stand, what is due, and what automation did. */
function Overview() {
  const { t } = useTranslation('home');
  const since = useLastLook();
  const { shown, pipelines } = useShownPipeline(true);
  const summary = useQuery(api.home.summary.queryOptions());
  const board = useQuery(
    api.pipeline.board.queryOptions({
      input: { pipeline: shown?.slug },
      placeholderData: keepPreviousData,
    }),
  );
  const [now] = useState(() => new Date());
  const error = summary.error ?? board.error;

  if ((!summary.data || !board.data) && error) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void summary.refetch();
          void board.refetch();
        }}
      />
    );
  }
  if (!summary.data || !board.data) return <HomeSkeleton />;
  const { tasks, recent_runs: runs, closing, stale, closed, ...figures } = summary.data;
  const hasClosed = closed.some((month) => month.won + month.lost > 0);

  return (
    <div className={classes.page}>
      <div className={classes.inner}>
        <header className={classes.header}>
          <h1 className={classes.title}>{t(`greeting.${partOfDay(now)}`)}</h1>
          <p className={classes.date}>{formatLongDay(now)}</p>
        </header>
        <FirstSteps />
        <AwayBlock />
        <Figures figures={figures} />
        <div className={classes.columns}>
          <Section
            title={t('tasks_today')}
            link={
              <Link to="/tasks/{-$recordId}" params={{ recordId: undefined }}>
                {t('all_tasks')}
              </Link>
            }
          >
            {tasks.length === 0 && <p className={classes.none}>{t('no_tasks')}</p>}
            {tasks.map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
          </Section>
          <Section
            title={t('automation')}
            link={
              <Link to="/runs/{-$executionId}" params={{ executionId: undefined }}>
                {t('all_runs')}
              </Link>
            }
          >
            <AutomationLines runs={runs} since={since} />
          </Section>
          <Section
            title={t('pipeline')}
            lead={
              pipelines.length > 1 && (
                <Suspense>
                  <PipelineSwitch needsOne />
                </Suspense>
              )
            }
            link={
              <Link to="/deals/{-$recordId}" params={{ recordId: undefined }}>
                {t('open_board')}
              </Link>
            }
          >
            <PipelineChart stages={board.data} />
          </Section>
          <Section title={t('closed.title')}>
            {hasClosed ? (
              <Suspense fallback={<Skeleton height={198} />}>
                <ClosedChart months={closed} />
              </Suspense>
            ) : (
              <p className={classes.none}>{t('closed.none')}</p>
            )}
          </Section>
          <Section
            title={t('closing')}
            link={
              closing.count > 0 && (
                <FilteredLink view={closingView}>
                  {t('show_all', { count: closing.count })}
                </FilteredLink>
              )
            }
          >
            {closing.count === 0 && <p className={classes.none}>{t('no_closing')}</p>}
            <DealLines deals={closing.items} tell="close" />
          </Section>
          <Section
            title={t('stale')}
            link={
              stale.count > 0 && (
                <FilteredLink view={staleView}>
                  {t('show_all', { count: stale.count })}
                </FilteredLink>
              )
            }
          >
            {stale.count === 0 && <p className={classes.none}>{t('no_stale')}</p>}
            <DealLines deals={stale.items} tell="still" />
          </Section>
        </div>
      </div>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  /** Beside the title. */
  readonly lead?: ReactNode;
  readonly link?: ReactNode;
  readonly children: ReactNode;
}

function Section({ title, lead, link, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {lead}
        {link}
      </div>
      {children}
    </section>
  );
}
