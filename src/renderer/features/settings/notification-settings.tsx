import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app.ts';
import { Section } from './section.tsx';
import classes from './settings.module.css';
import { useUpdateSettings } from './use-update-settings.ts';

const usualHours = { from: '22:00', to: '07:00' };

/** When the computer may show notifications. */
export function NotificationSettings({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation('settings');
  const update = useUpdateSettings();
  const hours = settings.quiet_hours;

  function change(end: 'from' | 'to', time: string): void {
    // An input that was emptied is on its way to another time.
    if (hours && time !== '') update.mutate({ quiet_hours: { ...hours, [end]: time } });
  }

  return (
    <Section title={t('notifications')} text={t('notifications_text')}>
      <Switch
        label={t('quiet_hours')}
        checked={hours !== null}
        onChange={(event) =>
          update.mutate({ quiet_hours: event.currentTarget.checked ? usualHours : null })
        }
      />
      {hours && (
        <div className={classes.pair}>
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={t(`quiet_${end}`)}
              value={hours[end]}
              onChange={(event) => change(end, event.currentTarget.value)}
            />
          ))}
        </div>
      )}
    </Section>
  );
}
