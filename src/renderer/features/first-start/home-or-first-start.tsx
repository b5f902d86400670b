import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { create } from 'zustand';
import { api } from '../../api/query.ts';
import { FirstStart } from './first-start.tsx';

const HomeScreen = lazy(async () => ({
  default: (await import('../home/home-screen.tsx')).HomeScreen,
}));

// For this window only: the next start offers it again, as long as the file is empty.
const useDeclined = create<{ declined: boolean }>()(() => ({ declined: false }));

/** Home; while the file is empty, the question what to begin with. */
export function HomeOrFirstStart() {
  const info = useQuery(api.system.info.queryOptions());
  const declined = useDeclined((state) => state.declined);
  if (info.data?.is_empty && !declined) {
    return <FirstStart onStartEmpty={() => useDeclined.setState({ declined: true })} />;
  }
  // Until it is known which of the two it is, neither is shown.
  if (info.isPending) return null;
  return (
    <Suspense>
      <HomeScreen />
    </Suspense>
  );
}
