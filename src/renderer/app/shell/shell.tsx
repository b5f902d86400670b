import { Outlet, useCanGoBack, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { globalCommands } from '../../commands/global-commands.ts';
import { listenToKeyboard } from '../../commands/keyboard.ts';
import { useCommands } from '../../commands/registry.ts';
import { commandContext } from '../command-context.ts';
import { useThemeSetting, useThemeToggle } from '../use-theme.ts';
import { useWindowStore } from '../window-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

const Palette = lazy(async () => ({
  default: (await import('../../commands/palette.tsx')).Palette,
}));
const Shortcuts = lazy(async () => ({
  default: (await import('../../commands/shortcuts-dialog.tsx')).ShortcutsDialog,
}));
const CreateDialog = lazy(async () => ({
  default: (await import('../../features/records/create-dialog.tsx')).CreateDialog,
}));

const blockers = '[role="dialog"][aria-modal="true"], [role="menu"], [data-dragging]';

/** The frame around every screen. */
export function Shell() {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const overlay = useWindowStore((state) => state.overlay);
  const { toggle } = useThemeToggle();
  useThemeSetting();
  useCommands(globalCommands(toggle), 'base');

  const context = useMemo(() => commandContext(router, canGoBack), [router, canGoBack]);
  useEffect(
    () =>
      listenToKeyboard(
        context,
        // A dialog, a menu, the palette or a card in the air keeps its keys to itself.
        () => document.querySelector(blockers) !== null,
      ),
    [context],
  );

  return (
    <div className={classes.shell}>
      <Sidebar />
      <main className={classes.main}>
        <ConnectionBanner />
        <div className={classes.screen}>
          <Outlet />
        </div>
      </main>
      <Suspense>
        {overlay?.kind === 'palette' && <Palette context={context} />}
        {overlay?.kind === 'shortcuts' && <Shortcuts />}
        {overlay?.kind === 'create' && <CreateDialog {...overlay} />}
      </Suspense>
    </div>
  );
}
