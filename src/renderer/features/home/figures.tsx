import { Tooltip, VisuallyHidden } from '@mantine/core';
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../ui/format.ts';
import classes from './home-screen.module.css';

interface Trend {
  readonly value: number;
  readonly previous: number;
}

const names = ['deals_created', 'deals_won', 'tasks_completed', 'runs'] as const;

type Name = (typeof names)[number];

/** The last seven days in four numbers, each against the seven before. */
export function Figures({ figures }: { figures: Readonly<Record<Name, Trend>> }) {
  const { t } = useTranslation('home');
  return (
    <dl className={classes.figures} aria-label={t('period')}>
      {names.map((name) => (
        <div key={name} className={classes.figure}>
          <dt className={classes.figureName}>{t(`figures.${name}`)}</dt>
          <dd className={classes.figureValue}>
            {formatNumber(figures[name].value)}
            <TrendMark trend={figures[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function TrendMark({ trend }: { trend: Trend }) {
  const { t } = useTranslation('home');
  const difference = trend.value - trend.previous;
  const kind = difference > 0 ? 'up' : difference < 0 ? 'down' : 'same';
  const Icon = { up: ArrowUpRight, down: ArrowDownRight, same: ArrowRight }[kind];
  const words = t(`trend_${kind}`, { count: Math.abs(difference) });
  return (
    <Tooltip label={words}>
      <span className={classes.trend} data-trend={kind}>
        <Icon size={13} strokeWidth={2} aria-hidden />
        <span aria-hidden>{difference !== 0 && formatNumber(Math.abs(difference))}</span>
        <VisuallyHidden>{words}</VisuallyHidden>
      </span>
    </Tooltip>
  );
}
