import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '../settings/section.tsx';
import settingsClasses from '../settings/settings.module.css';
import { useExports } from './use-exports.ts';

/** The ways in and out for all records at once. */
export function ExchangeSettings() {
  const { t } = useTranslation('exports');
  const exports = useExports();
  return (
    <Section title={t('section')} text={t('section_text')}>
      <div className={settingsClasses.line}>
        <span>{t('import_label')}</span>
        <Button variant="default" component={Link} to="/import">
          {t('open_import')}
        </Button>
      </div>
      <div className={settingsClasses.line}>
        <span>{t('duplicates_label')}</span>
        <Button variant="default" component={Link} to="/duplicates">
          {t('duplicates')}
        </Button>
      </div>
      <div className={settingsClasses.line}>
        <span>{t('json_label')}</span>
        <Button variant="default" loading={exports.isBusy} onClick={() => void exports.json()}>
          {t('json')}
        </Button>
      </div>
      <div className={settingsClasses.line}>
        <span>{t('copy_label')}</span>
        <Button variant="default" component={Link} to="/settings/data-safety">
          {t('copy')}
        </Button>
      </div>
    </Section>
  );
}
