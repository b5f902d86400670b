import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../shared/contract/workflows.ts';
import { formatAgo } from '../../ui/format.ts';
import { StatusDot, type Tone } from '../../ui/status-dot.tsx';
import classes from './run-line.module.css';

const runTones: Readonly<Record<Execution['status'], Tone>> = {
  queued: 'grey',
  running: 'blue',
  succeeded: 'green',
  partial: 'amber',
  failed: 'red',
  waiting: 'blue',
  cancelled: 'grey',
  skipped: 'grey',
  parked: 'amber',
};

interface RunLineProps {
  readonly run: Execution;
  /** Names the record, where the line does not stand in that record's own panel. */
  readonly withRecord?: boolean;
}

/** One run in a line; opens it. */
export function RunLine({ run, withRecord = false }: RunLineProps) {
  const { t } = useTranslation('home');
  return (
    <Link to="/runs/{-$executionId}" params={{ executionId: run.id }} className={classes.line}>
      <StatusDot tone={runTones[run.status]} label={t(`run_status.${run.status}`)} />
      <span className={`truncate ${classes.name}`}>{run.workflow_name}</span>
      <span className={`truncate ${classes.record}`}>
        {withRecord
          ? (run.record_name ?? '')
          : (run.error_message ?? t('steps', { count: run.success_count }))}
      </span>
      <time dateTime={run.created_at} className={classes.when}>
        {formatAgo(run.created_at)}
      </time>
    </Link>
  );
}
