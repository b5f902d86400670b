import { Button, Tooltip } from '@mantine/core';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../shared/contract/backups.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { formatDayTime, formatFull } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Section } from '../settings/section.tsx';
import classes from './backups.module.css';
import { formatBytes } from './format-bytes.ts';
import { RestoreDialog } from './restore-dialog.tsx';

type State = InferContractRouterOutputs<typeof contract>['backups']['state'];

const shownAtFirst = 8;

export function BackupList({ state }: { readonly state: State }) {
  const { t } = useTranslation('backups');
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<Backup | null>(null);
  const { backups, last_failure: failure, folder } = state;
  const shown = all ? backups : backups.slice(0, shownAtFirst);

  return (
    <Section title={t('list_title')} text={t('list_text')}>
      {failure && (
        <p role="alert" className={classes.failure}>
          <StatusDot tone="red" />
          {t('last_failure', { reason: failure })}
        </p>
      )}
      {backups.length === 0 ? (
        <p className={classes.dim}>{t(folder === null ? 'none_here' : 'none_yet')}</p>
      ) : (
        <table className={classes.table} data-testid="backups">
          <thead>
            <tr>
              <th>{t('created')}</th>
              <th>{t('reason')}</th>
              <th className={classes.number}>{t('size')}</th>
              <th aria-hidden />
            </tr>
          </thead>
          <tbody>
            {shown.map((backup) => (
              <tr key={backup.file}>
                <td title={formatFull(backup.created_at)}>{formatDayTime(backup.created_at)}</td>
                <td>
                  {t(`reasons.${backup.reason}`)}
                  {backup.is_sealed && (
                    <Tooltip label={t('sealed')}>
                      <Lock size={12} className={classes.lock ?? ''} aria-label={t('sealed')} />
                    </Tooltip>
                  )}
                </td>
                <td className={classes.number}>{formatBytes(backup.size_bytes)}</td>
                <td className={classes.action}>
                  <Button variant="subtle" size="compact-sm" onClick={() => setChosen(backup)}>
                    {t('restore')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < backups.length && (
        <div>
          <Button variant="default" onClick={() => setAll(true)}>
            {t('show_all', { count: backups.length })}
          </Button>
        </div>
      )}
      {chosen && <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />}
    </Section>
  );
}
