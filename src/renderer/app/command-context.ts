import type { AnyRouter } from '@tanstack/react-router';
import type { CommandContext } from '../commands/command.ts';
import { useWindowStore } from './window-store.ts';

/** What commands may use, filled from the running application. */
export function commandContext(router: AnyRouter, canGoBack: boolean): CommandContext {
  return {
    // An address with a question in it is taken as it stands.
    navigate: (to) => (to.includes('?') ? router.history.push(to) : void router.navigate({ to })),
    back: () => (canGoBack ? router.history.back() : void router.navigate({ to: '/' })),
    openCreate: (object) => useWindowStore.getState().openCreate(object),
  };
}
