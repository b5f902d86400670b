import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/query.ts';
import { RecordsScreen } from '../records/records-screen.tsx';

export function ContactsScreen() {
  const counts = useQuery(api.home.counts.queryOptions()).data;
  return <RecordsScreen object="contact" count={counts?.contacts} />;
}
