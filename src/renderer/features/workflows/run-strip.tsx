import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';
import type { Tone } from '../../ui/status-dot.tsx';
import classes from './workflows.module.css';

export const runTones: Readonly<Record<ExecutionStatus, Tone>> = {
  queued: 'blue',
  running: 'blue',
  succeeded: 'green',
  partial: 'amber',
  failed: 'red',
  waiting: 'blue',
  cancelled: 'grey',
  skipped: 'grey',
  parked: 'amber',
};

interface RunStripProps {
  /** Oldest first. */
  readonly runs: readonly { readonly id: string; readonly status: ExecutionStatus }[];
}

/** The last runs as a strip of small bars. Colour is not all: a failed bar is full height, the others lower. */
export function RunStrip({ runs }: RunStripProps) {
  const { t } = useTranslation('workflows');
  if (runs.length === 0) return <span className={classes.dim}>{t('list.no_runs')}</span>;
  const succeeded = runs.filter((run) => run.status === 'succeeded').length;
  const summary = t('list.runs_summary', { succeeded, count: runs.length });
  return (
    <Tooltip label={summary}>
      <span className={classes.strip}>
        <span className={classes.hidden}>{summary}</span>
        {runs.map((run) => (
          <span key={run.id} className={classes.bar} data-tone={runTones[run.status]} />
        ))}
      </span>
    </Tooltip>
  );
}
