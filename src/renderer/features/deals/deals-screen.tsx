import { RecordsScreen } from '../records/records-screen.tsx';
import { DealsBoard } from './deals-board.tsx';

export function DealsScreen() {
  return <RecordsScreen object="deal" renderBoard={(props) => <DealsBoard {...props} />} />;
}
