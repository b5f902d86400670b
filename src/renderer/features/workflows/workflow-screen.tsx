import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function WorkflowScreen() {
  const { t } = useTranslation('workflows');
  return <PageHeader title={t('title')} />;
}
