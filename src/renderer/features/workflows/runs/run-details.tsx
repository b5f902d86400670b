import { ActionIcon, Skeleton, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../../shared/contract/workflows.ts';
import { api } from '../../../api/query.ts';
import { ErrorKindLabel } from '../../../ui/error-kind-label.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatDayTime, formatDuration, formatFull } from '../../../ui/format.ts';
import { StatusPill } from '../../../ui/status-dot.tsx';
import { RecordLink } from '../record-link.tsx';
import { runTones } from '../run-strip.tsx';
import { useRunLabel } from '../use-run-label.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './run.module.css';
import { RunActions } from './run-actions.tsx';
import { UndoRunButton } from './undo-run-button.tsx';
import { RunCanvas } from './run-canvas.tsx';
import { StepResultBlock } from './step-result-block.tsx';

/** One run, readable from top to bottom: what started it, and what each step was given and did. */
export function RunDetails({ id }: { readonly id: string }) {
  const run = useQuery(api.executions.get.queryOptions({ input: { id } }));
  if (run.isPending) {
    return (
      <div className={classes.page}>
        <Skeleton width={260} height={20} mb={28} />
        <Skeleton width={480} height={34} mb={36} />
        <Skeleton height={120} radius={8} mb={16} />
        <Skeleton height={120} radius={8} />
      </div>
    );
  }
  if (!run.data) return <ErrorState error={run.error} onRetry={() => void run.refetch()} />;
  return <Run run={run.data} />;
}

function Run({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const runLabel = useRunLabel();
  const when = run.started_at ?? run.created_at;
  // One failed step says its error itself, right where it happened.
  const saidByStep =
    run.actions_executed.length <= 4 && run.actions_executed.some((step) => step.error !== null);
  const waiting = run.status === 'queued' || run.status === 'running';

  return (
    <div className={classes.scroll}>
      <header className={classes.header}>
        <Tooltip label={t('runs.title')}>
          <ActionIcon
            aria-label={t('runs.title')}
            renderRoot={(root: object) => (
              <Link to="/runs/{-$executionId}" params={{ executionId: undefined }} {...root} />
            )}
          >
            <ArrowLeft size={16} />
          </ActionIcon>
        </Tooltip>
        <h1 className={classes.title} title={run.workflow_name}>
          {run.workflow_name}
        </h1>
        <StatusPill tone={runTones[run.status]} label={runLabel(run)} />
        <Link
          className={classes.workflowLink}
          to="/workflows/$workflowId"
          params={{ workflowId: run.workflow_id }}
        >
          {t('run.open_workflow')}
        </Link>
      </header>
      <div className={classes.page}>
        <dl className={classes.facts}>
          <Fact label={t('run.trigger')}>
            {text(`triggers.${run.event_type}.label`, { defaultValue: run.event_type })}
          </Fact>
          <Fact label={t('run.record')}>
            <RecordLink record={run.record} name={run.record_name} />
          </Fact>
          <Fact label={t('run.started')}>
            <span title={formatFull(when)}>{formatDayTime(when)}</span>
          </Fact>
          {run.duration_seconds !== null && (
            <Fact label={t('run.took')}>{formatDuration(run.duration_seconds)}</Fact>
          )}
          {run.version !== null && <Fact label={t('run.version')}>{run.version}</Fact>}
          {run.restart_of !== null && (
            <Fact label={t('run.restart_of')}>
              <Link to="/runs/{-$executionId}" params={{ executionId: run.restart_of }}>
                {t('run.earlier_run')}
              </Link>
            </Fact>
          )}
        </dl>
        {run.status === 'parked' && <p className={classes.none}>{t('run.parked_text')}</p>}
        <RunActions run={run} />
        <UndoRunButton run={run} />
        {run.end_reason !== null && (
          <p className={classes.note}>{t(`flow.run.end_reasons.${run.end_reason}`)}</p>
        )}
        {run.bypassed_conditions && <p className={classes.note}>{t('flow.run.bypassed')}</p>}
        {run.error_message !== null && !saidByStep && (
          <p className={classes.error} role="alert">
            <ErrorKindLabel kind={run.error_kind} />
            {run.error_message}
          </p>
        )}
        <RunCanvas run={run} />
        {run.actions_executed.length === 0 ? (
          <p className={classes.none}>{t(waiting ? 'run.waiting' : 'run.no_steps')}</p>
        ) : (
          <ol className={classes.steps} aria-label={t('run.steps')}>
            {run.actions_executed.map((step, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a step in a loop is there once for each turn
              <StepResultBlock key={`${step.id} ${index}`} step={step} number={index + 1} />
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
