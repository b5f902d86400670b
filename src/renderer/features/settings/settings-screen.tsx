import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ApiSettings } from './api-settings.tsx';
import { CalendarSettings } from './calendar-settings.tsx';
import { CustomFieldSettings } from './custom-field-settings.tsx';
import { EmailTextsSettings } from '../mail/email-texts-settings.tsx';
import { MailAccountsSettings } from '../mail/mail-accounts-settings.tsx';
import { SecretsSettings } from '../mail/secrets-settings.tsx';
import { ExchangeSettings } from '../export/exchange-settings.tsx';
import { DataSettings } from './data-settings.tsx';
import { NetworkSettings } from './network-settings.tsx';
import { DesktopSettings } from './desktop-settings.tsx';
import { HistorySettings } from './history-settings.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { PipelineSettings } from './pipeline-settings.tsx';
import { PersonSettings } from './person-settings.tsx';
import { RegionSettings, ThemeSettings } from './preference-settings.tsx';
import classes from './settings.module.css';
import { TagSettings } from './tag-settings.tsx';

export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const settings = useQuery(api.settings.get.queryOptions());
  const info = useQuery(api.system.info.queryOptions());
  const error = settings.error ?? info.error;

  function retry(): void {
    void settings.refetch();
    void info.refetch();
  }

  return (
    <>
      <PageHeader title={t('title')} />
      {(!settings.data || !info.data) && error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <div className={classes.page}>
          {settings.data && info.data ? (
            <>
              <PersonSettings settings={settings.data} />
              <ThemeSettings settings={settings.data} />
              <RegionSettings settings={settings.data} currencies={info.data.currencies} />
              <CalendarSettings settings={settings.data} machineZone={info.data.time_zone} />
              <NetworkSettings settings={settings.data} />
              <MailAccountsSettings />
              <EmailTextsSettings />
              <SecretsSettings />
              <DesktopSettings />
              <HistorySettings settings={settings.data} />
              <NotificationSettings settings={settings.data} />
              <ApiSettings />
              <PipelineSettings />
              <CustomFieldSettings />
              <TagSettings />
              <ExchangeSettings />
              <DataSettings info={info.data} />
            </>
          ) : (
            [1, 2, 3, 4, 5].map((number) => (
              <div key={number} className={classes.section} aria-busy="true">
                <Skeleton width={120} height={14} />
                <Skeleton height={72} />
              </div>
            ))
          )}
        </div>
      )}
    </>
  );
}
