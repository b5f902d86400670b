import { RecordsScreen } from '../records/records-screen.tsx';

export function CompaniesScreen() {
  return <RecordsScreen object="company" />;
}
