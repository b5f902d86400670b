import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function InboxScreen() {
  const { t } = useTranslation('inbox');
  return <PageHeader title={t('title')} />;
}
