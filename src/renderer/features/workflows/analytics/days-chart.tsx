import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Analytics } from '../../../../shared/contract/insight.ts';
import { formatDay } from '../../../ui/format.ts';
import classes from './analytics.module.css';

interface DaysChartProps {
  readonly figures: Analytics;
  readonly workflow: string | undefined;
}

const parts = [
  ['other', 'grey'],
  ['failed', 'red'],
  ['succeeded', 'green'],
] as const;

/** A bar a day, parted by how runs ended; each leads to the runs of its day. */
export function DaysChart({ figures: { days, to }, workflow }: DaysChartProps) {
  const { t } = useTranslation('insight');
  const totals = days.map(({ succeeded, failed, other }) => succeeded + failed + other);
  const most = Math.max(1, ...totals);
  return (
    <>
      <div className={classes.chart}>
        {days.map((day, index) => {
          const words = t('bar', { ...day, day: formatDay(day.from) });
          return (
            <Tooltip key={day.day} label={words}>
              <Link
                className={classes.day}
                aria-label={words}
                to="/runs/{-$executionId}"
                params={{ executionId: undefined }}
                search={{
                  from: day.from,
                  to: days[index + 1]?.from ?? to,
                  ...(workflow === undefined ? {} : { workflow }),
                }}
              >
                {parts.map(([part, tone]) =>
                  day[part] === 0 ? null : (
                    <span
                      key={part}
                      className={classes.part}
                      data-tone={tone}
                      style={{ height: `${(day[part] / most) * 100}%` }}
                    />
                  ),
                )}
              </Link>
            </Tooltip>
          );
        })}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{days[0] && formatDay(days[0].from)}</span>
        <span>{formatDay(to)}</span>
      </div>
    </>
  );
}
