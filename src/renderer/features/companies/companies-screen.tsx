import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function CompaniesScreen() {
  const { t } = useTranslation('records');
  return <PageHeader title={t('company.many')} />;
}
