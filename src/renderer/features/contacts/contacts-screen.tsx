import { RecordsScreen } from '../records/records-screen.tsx';

export function ContactsScreen() {
  return <RecordsScreen object="contact" />;
}
