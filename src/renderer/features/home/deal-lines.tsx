import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Deal } from '../../../shared/model/fields/registry.ts';
import { daysSince, formatDay, formatMoneyShort, isOverdue } from '../../ui/format.ts';
import { recordRoutes } from '../records/record-api.ts';
import classes from './deal-lines.module.css';

interface DealLinesProps {
  readonly deals: readonly Deal[];
  /** What the last column tells: when a deal is to close, or for how long nobody changed it. */
  readonly tell: 'close' | 'still';
}

/** Deals that need somebody, a line each; opens the deal. */
export function DealLines({ deals, tell }: DealLinesProps) {
  const { t } = useTranslation('home');
  return deals.map((deal) => {
    const close = deal.expected_close_date;
    const days = daysSince(deal.updated_at);
    return (
      <Link
        key={deal.id}
        to={recordRoutes.deal}
        params={{ recordId: deal.id }}
        className={classes.line}
      >
        <span className="truncate">{deal.title}</span>
        <span className={`truncate ${classes.stage}`}>{deal.stage_name}</span>
        <span className={classes.value}>
          {deal.value !== null && formatMoneyShort(deal.value, deal.currency)}
        </span>
        {tell === 'close' && close !== null && (
          <time
            dateTime={close}
            className={classes.when}
            data-overdue={isOverdue(close) || undefined}
          >
            {formatDay(close)}
          </time>
        )}
        {tell === 'still' && (
          <span className={classes.when}>{t('still_for', { count: days })}</span>
        )}
      </Link>
    );
  });
}
