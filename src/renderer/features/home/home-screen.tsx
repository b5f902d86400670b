import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../../../shared/model/fields/registry.ts';
import { api } from '../../api/query.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatLongDay } from '../../ui/format.ts';
import { AwayBlock } from '../away/away-block.tsx';
import { RunLine } from '../records/run-line.tsx';
import { TaskLine } from '../records/task-line.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Figures } from './figures.tsx';
import classes from './home-screen.module.css';
import { HomeSkeleton } from './home-skeleton.tsx';
import { PipelineChart } from './pipeline-chart.tsx';

const FirstStart = lazy(async () => ({
  default: (await import('../first-start/first-start.tsx')).FirstStart,
}));

const linesShown = 8;

function partOfDay(now: Date): 'morning' | 'afternoon' | 'evening' {
  const hour = now.getHours();
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** What has waited longest comes first. */
function byDueDate(a: Activity, b: Activity): number {
  return String(a.due_at).localeCompare(String(b.due_at));
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
  const summary = useQuery(api.home.summary.queryOptions());
  const board = useQuery(api.pipeline.board.queryOptions());
  const [now] = useState(() => new Date());

  if (summary.isError) {
    return <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />;
  }
  if (!summary.data || !board.data) return <HomeSkeleton />;
  const { tasks, recent_runs: runs, ...figures } = summary.data;

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
            {tasks
              .toSorted(byDueDate)
              .slice(0, linesShown)
              .map((task) => (
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
            {runs.length === 0 && (
              <p className={classes.none}>
                {t('no_runs')} <Link to="/workflows">{t('make_workflow')}</Link>
              </p>
            )}
            {runs.slice(0, linesShown).map((run) => (
              <RunLine key={run.id} run={run} withRecord />
            ))}
          </Section>
        </div>
        <Section
          title={t('pipeline')}
          link={
            <Link to="/deals/{-$recordId}" params={{ recordId: undefined }}>
              {t('open_board')}
            </Link>
          }
        >
          <PipelineChart stages={board.data} />
        </Section>
      </div>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly link: ReactNode;
  readonly children: ReactNode;
}

function Section({ title, link, children }: SectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {link}
      </div>
      {children}
    </section>
  );
}
