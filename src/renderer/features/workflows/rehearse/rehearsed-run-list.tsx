import { useTranslation } from 'react-i18next';
import type { RehearsedRun } from '../../../../shared/contract/rehearsal.ts';
import { formatDayTime, formatNumber } from '../../../ui/format.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { runTones } from '../run-strip.tsx';
import { useWorkflowText } from '../use-words.ts';
import classes from './rehearse.module.css';

interface RehearsedRunListProps {
  readonly runs: readonly RehearsedRun[];
  /** Runs that are counted and not told. */
  readonly left: number;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

/** Who would have been taken in, in the order of their events. */
export function RehearsedRunList({ runs, left, chosen, onChoose }: RehearsedRunListProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (
    <ul className={classes.list} aria-label={t('rehearse.runs')}>
      {runs.map((run) => (
        <li key={run.id}>
          <button
            type="button"
            className={classes.row}
            aria-pressed={run.id === chosen}
            onClick={() => onChoose(run.id)}
          >
            <span className={classes.rowName}>{run.record_name ?? t('runs.no_record')}</span>
            <span className={classes.rowStatus}>
              <StatusDot tone={runTones[run.status]} />
              {t(`run_status.${run.status}`)}
            </span>
            <span className={classes.rowWhen}>
              {t('rehearse.event_at', {
                event: text(`triggers.${run.event.type}.label`, { defaultValue: run.event.type }),
                when: formatDayTime(run.event.occurred_at),
              })}
            </span>
          </button>
        </li>
      ))}
      {left > 0 && (
        <li className={classes.more}>
          {t('rehearse.and_more', { count: left, shown: formatNumber(left) })}
        </li>
      )}
    </ul>
  );
}
