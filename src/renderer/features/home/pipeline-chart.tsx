import { useTranslation } from 'react-i18next';
import type { BoardStage } from '../../../shared/contract/pipelines.ts';
import { formatMoneyShort, formatNumber } from '../../ui/format.ts';
import { FilteredLink } from './filtered-link.tsx';
import classes from './home-screen.module.css';

/** Sums by currency over stages, each weighed; the largest first. */
function sumsOf(
  stages: readonly BoardStage[],
  weight: (stage: BoardStage) => number,
): { currency: string; value: number }[] {
  const sums = new Map<string, number>();
  for (const stage of stages) {
    for (const { currency, value } of stage.totals)
      sums.set(currency, (sums.get(currency) ?? 0) + value * weight(stage));
  }
  return [...sums]
    .map(([currency, value]) => ({ currency, value }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value);
}

const inWords = (sums: readonly { currency: string; value: number }[]): string =>
  sums.map(({ currency, value }) => formatMoneyShort(value, currency)).join(' + ');

/**
 * The open stages with a bar each, by the number of deals: sums of different currencies cannot share a scale. Above
 * them what is open, and what of it is likely to come.
 */
export function PipelineChart({ stages }: { stages: readonly BoardStage[] }) {
  const { t } = useTranslation('home');
  const open = stages.filter((stage) => stage.kind === 'open');
  const most = Math.max(...open.map((stage) => stage.deal_count), 0);
  if (most === 0) return <p className={classes.none}>{t('no_deals')}</p>;
  const total = sumsOf(open, () => 1);
  const likely = sumsOf(open, (stage) => stage.probability / 100);
  return (
    <>
      <dl className={classes.forecast}>
        <div>
          <dt>{t('forecast')}</dt>
          <dd>{inWords(likely) || formatNumber(0)}</dd>
        </div>
        <div>
          <dt>{t('open_value')}</dt>
          <dd data-dim>{inWords(total) || formatNumber(0)}</dd>
        </div>
      </dl>
      <div className={classes.chart}>
        {open.map((stage) => (
          <FilteredLink
            key={stage.slug}
            view={{
              object: 'deal',
              rules: [{ field: 'deal.stage', operator: '=', value: stage.slug }],
              pipeline: stage.pipeline,
            }}
            className={classes.stage ?? ''}
          >
            <span className={classes.stageName}>
              <span className="truncate">{stage.name}</span>
              <span className={classes.chance}>{t('chance', { percent: stage.probability })}</span>
            </span>
            <span className={classes.track}>
              {stage.deal_count > 0 && (
                <span
                  className={classes.bar}
                  style={{ width: `${(stage.deal_count / most) * 100}%` }}
                />
              )}
            </span>
            <span className={classes.stageCount}>
              {t('deal_count', { count: stage.deal_count })}
            </span>
            <span className={classes.stageSum}>
              {inWords(stage.totals.filter(({ value }) => value > 0))}
            </span>
          </FilteredLink>
        ))}
      </div>
    </>
  );
}
