import { Tooltip, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../ui/format.ts';
import { FilteredLink, type FilteredView } from './filtered-link.tsx';
import classes from './home-screen.module.css';

interface Trend {
  readonly value: number;
  readonly previous: number;
}

const names = ['deals_created', 'deals_won', 'tasks_completed', 'runs'] as const;

type Name = (typeof names)[number];

const inWeek = (field: string) => ({ field, operator: 'inLastDays', value: 7 }) as const;

/** What each number counts; the runs have a screen of their own. */
const views: Readonly<Record<Exclude<Name, 'runs'>, FilteredView>> = {
  deals_created: { object: 'deal', rules: [inWeek('deal.created_at')] },
  deals_won: {
    object: 'deal',
    rules: [{ field: 'deal.status', operator: '=', value: 'won' }, inWeek('deal.closed_at')],
  },
  tasks_completed: { object: 'task', rules: [inWeek('task.completed_at')] },
};

/** The last seven days in four numbers, each against the seven before; each leads to what it counts. */
export function Figures({ figures }: { figures: Readonly<Record<Name, Trend>> }) {
  const { t } = useTranslation('home');
  return (
    <dl className={classes.figures} aria-label={t('period')}>
      {names.map((name) => (
        <div key={name} className={classes.figure}>
          <dt className={classes.figureName}>{t(`figures.${name}`)}</dt>
          <dd className={classes.figureValue}>
            <FigureLink name={name}>{formatNumber(figures[name].value)}</FigureLink>
            <TrendMark trend={figures[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FigureLink({ name, children }: { readonly name: Name; readonly children: ReactNode }) {
  const { t } = useTranslation('home');
  const label = t(`show.${name}`);
  const inner = (
    <>
      {children}
      <VisuallyHidden>{label}</VisuallyHidden>
    </>
  );
  return name === 'runs' ? (
    <Link
      to="/runs/{-$executionId}"
      params={{ executionId: undefined }}
      className={classes.figureLink}
    >
      {inner}
    </Link>
  ) : (
    <FilteredLink view={views[name]} className={classes.figureLink ?? ''}>
      {inner}
    </FilteredLink>
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
