import { useEffect, useState } from 'react';
import { useWindowStore } from '../../app/window-store.ts';

/**
 * When the user last looked at Home, ISO text; null: never. It stays as it was on coming here for as long as one looks,
 * so that what is new does not age under one's eyes.
 */
export function useLastLook(): string | null {
  const { homeSeenAt, seeHome } = useWindowStore();
  const [since] = useState(homeSeenAt);
  useEffect(() => {
    window.addEventListener('pagehide', seeHome);
    return () => {
      window.removeEventListener('pagehide', seeHome);
      seeHome();
    };
  }, [seeHome]);
  return since;
}
