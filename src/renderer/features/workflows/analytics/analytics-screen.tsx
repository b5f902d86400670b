import { SegmentedControl, Select, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Analytics } from '../../../../shared/contract/insight.ts';
import { api } from '../../../api/query.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { stepLabel } from '../model/step-label.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './analytics.module.css';
import { DaysChart } from './days-chart.tsx';

const route = getRouteApi('/analytics');
const periods = [7, 30, 90, 365] as const;
const dayMs = 86_400_000;
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** Figures of one workflow, or of all, over a period; each leads to the runs it counts. */
export function AnalyticsScreen() {
  const { t } = useTranslation('insight');
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { workflow, days = 30 } = search;
  // One instant as long as the screen stands, so that the answer is kept and not asked for again and again.
  const [opened] = useState(() => Date.now());
  const from = new Date(opened - days * dayMs).toISOString();
  const workflows = useQuery(api.workflows.list.queryOptions({ input: { limit: 500 } }));
  const figures = useQuery({
    ...api.insight.analytics.queryOptions({
      input: { from, ...(workflow === undefined ? {} : { workflow_id: workflow }) },
    }),
    placeholderData: keepPreviousData,
  });

  return (
    <>
      <PageHeader
        title={t('analytics')}
        actions={
          <>
            <Select
              size="xs"
              w={220}
              searchable
              clearable
              placeholder={t('all_workflows')}
              aria-label={t('workflow')}
              data={(workflows.data?.items ?? []).map(({ id, name }) => ({
                value: id,
                label: name,
              }))}
              value={workflow ?? null}
              onChange={(value) => {
                const { workflow: _workflow, ...rest } = search;
                void navigate({
                  search: { ...rest, ...(value === null ? {} : { workflow: value }) },
                });
              }}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('period')}
              data={periods.map((period) => ({
                value: String(period),
                label: t('last_days', { count: period }),
              }))}
              value={String(days)}
              onChange={(value) => {
                const { days: _days, ...rest } = search;
                const chosen = Number(value);
                void navigate({ search: { ...rest, ...(chosen === 30 ? {} : { days: chosen }) } });
              }}
            />
          </>
        }
      />
      {figures.isPending && (
        <div className={classes.page} aria-busy="true">
          <Skeleton height={48} width={520} />
          <Skeleton height={140} mt={40} />
        </div>
      )}
      {!figures.data && figures.error && (
        <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />
      )}
      {figures.data?.runs === 0 && (
        <EmptyState icon={ChartNoAxesColumn} title={t('no_runs_title')} text={t('no_runs_text')} />
      )}
      {figures.data && figures.data.runs > 0 && (
        <div className={classes.page}>
          <div className={classes.inner}>
            <Figures figures={figures.data} />
            <h2 className={classes.heading}>{t('trend')}</h2>
            <DaysChart figures={figures.data} workflow={workflow} />
            <Steps steps={figures.data.steps} />
            <Workflows workflows={figures.data.workflows} />
            <Failures figures={figures.data} />
          </div>
        </div>
      )}
    </>
  );
}

type FigureName = 'runs' | 'success' | 'duration' | 'waiting' | 'goal';

function Figures({ figures }: { readonly figures: Analytics }) {
  const { t } = useTranslation('insight');
  const { goal } = figures;
  const shown: readonly (readonly [FigureName, string])[] = [
    ['runs', figures.runs.toLocaleString()],
    ['success', figures.success_rate === null ? '–' : percent.format(figures.success_rate)],
    ['duration', figures.median_seconds === null ? '–' : formatDuration(figures.median_seconds)],
    ['waiting', figures.waiting_now.toLocaleString()],
    ...(goal === null
      ? []
      : [['goal', goal.over === 0 ? '–' : percent.format(goal.reached / goal.over)] as const]),
  ];
  return (
    <dl className={classes.figures}>
      {shown.map(([name, value]) => (
        <div key={name} className={classes.figure}>
          <dt>{t(`figures.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Steps({ steps }: { readonly steps: Analytics['steps'] }) {
  const { t } = useTranslation('insight');
  const text = useWorkflowText();
  if (steps.length === 0) return null;
  return (
    <>
      <h2 className={classes.heading}>{t('steps')}</h2>
      <ol className={classes.list}>
        {steps.map((step) => (
          <li key={step.step_id} className={classes.row}>
            <span className={classes.name}>
              {step.name ?? stepLabel(step.type, text)}
              {step.branches.length > 0 && (
                <span className={classes.detail}>
                  {step.branches
                    .map(({ branch, count }) => {
                      const words = step.type === 'if' ? text(`flow.lists.if_${branch}`) : branch;
                      return t('branch', { branch: words, count });
                    })
                    .join(' · ')}
                </span>
              )}
            </span>
            <span className={classes.number}>{t('step_counts', { ...step })}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Workflows({ workflows }: { readonly workflows: Analytics['workflows'] }) {
  const { t } = useTranslation('insight');
  if (workflows.length === 0) return null;
  return (
    <>
      <h2 className={classes.heading}>{t('by_workflow')}</h2>
      <ul className={classes.list}>
        {workflows.map((workflow) => (
          <li key={workflow.workflow_id} className={classes.row}>
            <Link
              className={classes.name}
              to="/analytics"
              search={(before) => ({ ...before, workflow: workflow.workflow_id })}
            >
              {workflow.name}
            </Link>
            <span className={classes.number}>
              {t('workflow_counts', {
                succeeded: workflow.succeeded,
                runs: workflow.runs,
                waiting: workflow.waiting_now,
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Failures({ figures: { failures, from, to } }: { readonly figures: Analytics }) {
  const { t } = useTranslation('insight');
  const text = useWorkflowText();
  return (
    <>
      <h2 className={classes.heading}>{t('failures')}</h2>
      {failures.length === 0 && <p className={classes.detail}>{t('no_failures')}</p>}
      <ul className={classes.list}>
        {failures.map((failure) => (
          <li
            key={`${failure.workflow_id} ${failure.step_id} ${failure.reason}`}
            className={classes.row}
          >
            <Link
              className={classes.name}
              to="/runs/{-$executionId}"
              params={{ executionId: undefined }}
              search={{ workflow: failure.workflow_id, step: failure.step_id, from, to }}
            >
              {failure.workflow_name}: {failure.step_name ?? stepLabel(failure.step_type, text)}
              <span className={classes.detail}>{failure.reason}</span>
            </Link>
            <span className={classes.number}>{failure.count.toLocaleString()}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
