import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { languages, type Settings, themes } from '../../../shared/contract/app.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from './section.tsx';
import classes from './settings.module.css';
import { useUpdateSettings } from './use-update-settings.ts';

export function ThemeSettings({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation('settings');
  const update = useUpdateSettings();
  const { setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('appearance')}>
      <div>
        <div className={classes.label} id="settings-theme">
          {t('theme')}
        </div>
        <SegmentedControl
          size="sm"
          aria-labelledby="settings-theme"
          value={settings.theme}
          data={themes.map((value) => ({ value, label: t(`theme_${value}`) }))}
          onChange={(value) => {
            const theme = themes.find((known) => known === value) ?? 'system';
            setColorScheme(theme === 'system' ? 'auto' : theme);
            update.mutate({ theme });
          }}
        />
      </div>
    </Section>
  );
}

interface RegionSettingsProps {
  readonly settings: Settings;
  readonly currencies: readonly string[];
}

export function RegionSettings({ settings, currencies }: RegionSettingsProps) {
  const { t, i18n } = useTranslation('settings');
  const update = useUpdateSettings();
  const failureText = useFailureText();
  const names = new Intl.DisplayNames(i18n.language, { type: 'currency' });
  return (
    <Section title={t('region')}>
      <Select
        label={t('language')}
        value={settings.language}
        allowDeselect={false}
        data={languages.map((value) => ({ value, label: t(`language_${value}`) }))}
        onChange={(value) => {
          const language = languages.find((known) => known === value);
          if (language) update.mutate({ language });
        }}
      />
      <Select
        label={t('currency')}
        description={t('currency_text')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={settings.currency}
        allowDeselect={false}
        searchable
        data={currencies.map((code) => ({
          value: code,
          label: `${code} · ${names.of(code) ?? code}`,
        }))}
        onChange={(currency) => {
          if (!currency) return;
          update.mutate(
            { currency },
            {
              onError: (error) => {
                notifications.show({ color: 'red', message: failureText(error) });
              },
            },
          );
        }}
      />
    </Section>
  );
}
