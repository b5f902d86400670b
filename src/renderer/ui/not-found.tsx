import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';

export function NotFound() {
  const { t } = useTranslation('common');
  return (
    <EmptyState
      icon={Compass}
      title={t('not_found_title')}
      text={t('not_found_hint')}
      action={
        <Button renderRoot={(props) => <Link to="/" {...props} />} variant="default">
          {t('go_home')}
        </Button>
      }
    />
  );
}
