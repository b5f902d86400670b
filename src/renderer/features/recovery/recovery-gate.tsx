import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { api } from '../../api/query.ts';

const RecoveryScreen = lazy(async () => ({
  default: (await import('./recovery-screen.tsx')).RecoveryScreen,
}));

/** Lets the app through unless its file is damaged: then there is one thing to do first. */
export function RecoveryGate({ children }: { readonly children: ReactNode }) {
  const damage = useQuery(api.recovery.state.queryOptions({ staleTime: Infinity }));
  // A program that does not answer is the screens' to tell, as ever.
  if (damage.isPending) return null;
  if (!damage.data) return children;
  return (
    <Suspense>
      <RecoveryScreen damage={damage.data} />
    </Suspense>
  );
}
