import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { fileSummarySchema } from '../../../shared/contract/backups.ts';
import { formatDayTime, formatNumber } from '../../ui/format.ts';
import classes from './backups.module.css';

const counted = [
  'contacts',
  'companies',
  'deals',
  'activities',
  'workflows',
  'executions',
] as const;

/** What is in a file, so that a person knows which one it is. */
export function FileCounts({ summary }: { readonly summary: z.infer<typeof fileSummarySchema> }) {
  const { t } = useTranslation('backups');
  const newest = summary.newest_change_at;
  return (
    <table className={classes.counts} data-testid="file-counts">
      <tbody>
        <tr>
          <th scope="row">{t('restore_newest')}</th>
          <td>{newest === null ? t('restore_never_changed') : formatDayTime(newest)}</td>
        </tr>
        {counted.map((name) => (
          <tr key={name}>
            <th scope="row">{t(`counts.${name}`)}</th>
            <td>{formatNumber(summary[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
