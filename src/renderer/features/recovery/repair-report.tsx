import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Repair } from '../../../shared/contract/recovery.ts';
import { formatNumber } from '../../ui/format.ts';
import { FileCounts } from '../backups/file-counts.tsx';
import classes from './recovery.module.css';

/** What a repair brought back and what it could not. */
export function RepairReport({ report }: { readonly report: Repair }) {
  const { t } = useTranslation('recovery');
  const sum = (key: 'read' | 'unreadable'): number =>
    report.tables.reduce((total, table) => total + table[key], 0);
  return (
    <div className={classes.form} data-testid="repair-report">
      <p className={classes.text}>{t('done_text')}</p>
      <FileCounts summary={report.summary} />
      <dl className={classes.facts}>
        <dt>{t('read')}</dt>
        <dd>{formatNumber(sum('read'))}</dd>
        <dt>{t('unreadable')}</dt>
        <dd>{formatNumber(sum('unreadable'))}</dd>
        <dt>{t('orphans')}</dt>
        <dd>{formatNumber(report.orphans)}</dd>
        <dt>{t('kept')}</dt>
        <dd>{report.kept_as}</dd>
      </dl>
      <div>
        <Button onClick={() => location.reload()} autoFocus>
          {t('open')}
        </Button>
      </div>
    </div>
  );
}
