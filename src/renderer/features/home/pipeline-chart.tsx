import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BoardStage } from '../../../shared/contract/pipelines.ts';
import { formatMoneyShort } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { stageTones } from '../records/field-value.tsx';
import classes from './home-screen.module.css';

/** A bar per stage, by the number of deals: sums of different currencies cannot share a scale. */
export function PipelineChart({ stages }: { stages: readonly BoardStage[] }) {
  const { t } = useTranslation('home');
  const most = Math.max(...stages.map((stage) => stage.deal_count));
  if (most <= 0) return <p className={classes.none}>{t('no_deals')}</p>;
  return (
    <div className={classes.chart}>
      {stages.map((stage) => (
        <Link
          key={stage.slug}
          to="/deals/{-$recordId}"
          params={{ recordId: undefined }}
          className={classes.stage}
          data-kind={stage.kind}
        >
          <span className={classes.stageName}>
            <StatusDot tone={stageTones[stage.kind]} />
            {stage.name}
          </span>
          <span className={classes.track}>
            <span
              className={classes.bar}
              data-tone={stageTones[stage.kind]}
              style={{ width: `${(stage.deal_count / most) * 100}%` }}
            />
          </span>
          <span className={classes.stageCount}>{t('deal_count', { count: stage.deal_count })}</span>
          <span className={classes.stageSum}>
            {stage.totals
              .filter(({ value }) => value > 0)
              .map(({ currency, value }) => formatMoneyShort(value, currency))
              .join(' · ')}
          </span>
        </Link>
      ))}
    </div>
  );
}
