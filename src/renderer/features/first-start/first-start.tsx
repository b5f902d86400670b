import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function FirstStart() {
  const { t } = useTranslation('firstStart');
  return <PageHeader title={t('title')} />;
}
