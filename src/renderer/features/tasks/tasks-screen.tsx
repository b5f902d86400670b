import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function TasksScreen() {
  const { t } = useTranslation('records');
  return <PageHeader title={t('task.many')} />;
}
