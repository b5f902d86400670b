import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ClosedMonth } from '../../../shared/contract/home.ts';
import { formatMoneyShort } from '../../ui/format.ts';
import { recordRoutes } from '../records/record-api.ts';
import classes from './closed-chart.module.css';
import { FilteredLink, type FilteredView, useFilteredView } from './filtered-link.tsx';

const height = 150;
/** Room for the numbers of the scale. */
const scaleWidth = 24;

function monthName(month: string, style: 'narrow' | 'long'): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Intl.DateTimeFormat('en', {
    month: style === 'narrow' ? 'short' : 'long',
    ...(style === 'long' ? { year: 'numeric' } : {}),
  }).format(new Date(year, number - 1, 1));
}

function viewOf({ month }: ClosedMonth): FilteredView {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return {
    object: 'deal',
    rules: [
      { field: 'deal.status', operator: 'in', value: ['won', 'lost'] },
      {
        field: 'deal.closed_at',
        operator: 'between',
        value: [`${month}-01`, `${month}-${String(lastDay).padStart(2, '0')}`],
      },
    ],
    sort: { field: 'closed_at', direction: 'desc' },
  };
}

/** Deals won and lost in each of the last months. The months under it lead to their deals. */
export function ClosedChart({ months }: { readonly months: readonly ClosedMonth[] }) {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const filter = useFilteredView();
  const data = months.map((month) => ({ ...month }));
  return (
    <div className={classes.chart}>
      <p className={classes.legend}>
        <span data-kind="won">{t('closed.won')}</span>
        <span data-kind="lost">{t('closed.lost')}</span>
      </p>
      <div aria-hidden>
        <ResponsiveContainer width="100%" height={height}>
          <BarChart
            data={data}
            accessibilityLayer={false}
            barGap={2}
            barCategoryGap="24%"
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            onClick={({ activeIndex }) => {
              const month = months[Number(activeIndex)];
              if (!month) return;
              filter(viewOf(month));
              void navigate({ to: recordRoutes.deal, params: { recordId: undefined } });
            }}
          >
            <XAxis dataKey="month" hide />
            <YAxis
              allowDecimals={false}
              width={scaleWidth}
              tickLine={false}
              axisLine={false}
              tickCount={3}
              tick={{ fontSize: 12, fill: 'var(--text-dim)' }}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--hover)' }}
              content={<MonthTip months={months} />}
            />
            <Bar dataKey="won" fill="var(--status-green)" radius={2} isAnimationActive={false} />
            <Bar dataKey="lost" fill="var(--status-grey)" radius={2} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <div className={classes.months} style={{ paddingInlineStart: scaleWidth }}>
        {months.map((month) => (
          <FilteredLink
            key={month.month}
            view={viewOf(month)}
            label={t('closed.month', {
              month: monthName(month.month, 'long'),
              won: month.won,
              lost: month.lost,
            })}
          >
            {monthName(month.month, 'narrow')}
          </FilteredLink>
        ))}
      </div>
    </div>
  );
}

/** What the bars under the pointer stand for; recharts says which month they are of. */
function MonthTip({
  months,
  label,
}: {
  readonly months: readonly ClosedMonth[];
  readonly label?: unknown;
}) {
  const { t } = useTranslation('home');
  const month = months.find((one) => one.month === label);
  if (!month) return null;
  const line = (kind: 'won' | 'lost') => {
    const sums = month[`${kind}_totals`]
      .filter(({ value }) => value > 0)
      .map(({ currency, value }) => formatMoneyShort(value, currency));
    return [t(`closed.${kind}_count`, { count: month[kind] }), ...sums].join(' · ');
  };
  return (
    <div className={classes.tip}>
      <strong>{monthName(month.month, 'long')}</strong>
      <span>{line('won')}</span>
      <span>{line('lost')}</span>
    </div>
  );
}
