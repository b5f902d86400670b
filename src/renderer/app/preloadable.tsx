import { type ComponentType, lazy, useState } from 'react';

/**
 * A component in its own chunk that can be fetched ahead. Once it was, it shows in the very next
 * frame: React's `lazy` would hold it back for up to 300 ms, and keys typed meanwhile would be lost.
 */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let ready: ComponentType<Props> | null = null;
  const Lazy: ComponentType<Props> = lazy(async () => ({ default: await load() }));

  function Preloadable(props: Props) {
    // Kept as it is while shown: another type would throw away what was typed.
    const [Component] = useState<ComponentType<Props>>(() => ready ?? Lazy);
    return <Component {...props} />;
  }

  return {
    Component: Preloadable,
    /** Never fails: what could not be fetched ahead, as while the server is away, is fetched when it is shown. */
    preload: async () => {
      try {
        ready = await load();
      } catch {
        ready = null;
      }
    },
  };
}
