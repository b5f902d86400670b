import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../shared/contract/workflows.ts';
import { formatAgo } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { runTones } from '../workflows/run-strip.tsx';
import { useRunLabel } from '../workflows/use-run-label.ts';
import classes from './run-line.module.css';

interface RunLineProps {
  readonly run: Execution;
  /** Names the record, where the line does not stand in that record's own panel. */
  readonly withRecord?: boolean;
}

/** One run in a line; opens it. */
export function RunLine({ run, withRecord = false }: RunLineProps) {
  const { t } = useTranslation('home');
  const label = useRunLabel()(run);
  const waits = run.status === 'waiting';
  return (
    <Link to="/runs/{-$executionId}" params={{ executionId: run.id }} className={classes.line}>
      <StatusDot tone={runTones[run.status]} label={label} />
      <span className={`truncate ${classes.name}`}>{run.workflow_name}</span>
      <span className={`truncate ${classes.record}`}>
        {withRecord
          ? [run.record_name, waits ? label : null].filter((part) => part !== null).join(' · ')
          : (run.error_message ?? (waits ? label : t('steps', { count: run.success_count })))}
      </span>
      <time dateTime={run.created_at} className={classes.when}>
        {formatAgo(run.created_at)}
      </time>
    </Link>
  );
}
