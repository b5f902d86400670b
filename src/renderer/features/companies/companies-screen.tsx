import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/query.ts';
import { RecordsScreen } from '../records/records-screen.tsx';

export function CompaniesScreen() {
  const counts = useQuery(api.home.counts.queryOptions()).data;
  return <RecordsScreen object="company" count={counts?.companies} />;
}
