import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function DealsScreen() {
  const { t } = useTranslation('records');
  return <PageHeader title={t('deal.many')} />;
}
