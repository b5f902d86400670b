import { DatePickerInput } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { firstDayOfWeek } from '../../ui/first-day-of-week.ts';
import { Section } from './section.tsx';
import { useUpdateSettings } from './use-update-settings.ts';

interface CalendarSettingsProps {
  readonly settings: Settings;
  /** The zone of this computer. */
  readonly machineZone: string;
}

/** What days and hours of work are counted by. */
export function CalendarSettings({ settings, machineZone }: CalendarSettingsProps) {
  const { t } = useTranslation('settings');
  const update = useUpdateSettings();
  const failureText = useFailureText();
  const onError = (error: unknown): void => {
    notifications.show({ color: 'red', message: failureText(error) });
  };
  return (
    <Section title={t('calendar')} text={t('calendar_text')}>
      <ZoneSelect
        id="settings-time-zone"
        label={t('working_zone')}
        description={t('working_zone_text')}
        placeholder={t('working_zone_machine', { zone: machineZone })}
        value={settings.time_zone ?? ''}
        onChange={(zone) => update.mutate({ time_zone: zone === '' ? null : zone }, { onError })}
      />
      <DatePickerInput
        type="multiple"
        label={t('holidays')}
        description={t('holidays_text')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('holidays_none')}
        valueFormat="D MMM YYYY"
        firstDayOfWeek={firstDayOfWeek[settings.week_start]}
        clearable
        value={[...settings.holidays]}
        onChange={(days) => update.mutate({ holidays: days }, { onError })}
      />
    </Section>
  );
}
