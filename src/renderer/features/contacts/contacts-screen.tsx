import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/page-header.tsx';

export function ContactsScreen() {
  const { t } = useTranslation('records');
  return <PageHeader title={t('contact.many')} />;
}
