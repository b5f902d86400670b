import { NumberInput, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app.ts';
import { Section } from './section.tsx';
import { useUpdateSettings } from './use-update-settings.ts';
import classes from './settings.module.css';

/** The switch that cuts every connection, how long mail is held, and the way to the log. */
export function NetworkSettings({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation('delivery');
  const update = useUpdateSettings();
  return (
    <Section title={t('settings.network')} text={t('settings.network_text')}>
      <Switch
        label={t('settings.no_network')}
        description={t('settings.no_network_text')}
        checked={settings.no_network}
        onChange={(event) => update.mutate({ no_network: event.currentTarget.checked })}
      />
      <NumberInput
        label={t('settings.hold')}
        description={t('settings.hold_text')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        min={0}
        max={86_400}
        allowDecimal={false}
        value={settings.mail_hold_seconds}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 0 && value <= 86_400)
            update.mutate({ mail_hold_seconds: value });
        }}
      />
      <Link className={classes.link} to="/connections">
        {t('settings.see_connections')}
      </Link>
    </Section>
  );
}
