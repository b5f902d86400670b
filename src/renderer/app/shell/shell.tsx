import { Outlet, useCanGoBack, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo } from 'react';
import { globalCommands } from '../../commands/global-commands.ts';
import { listenToKeyboard } from '../../commands/keyboard.ts';
import { useCommands } from '../../commands/registry.ts';
import { commandContext } from '../command-context.ts';
import { preloadable } from '../preloadable.tsx';
import { useThemeSetting, useThemeToggle } from '../use-theme.ts';
import { useWindowStore } from '../window-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

const palette = preloadable(async () => (await import('../../commands/palette.tsx')).Palette);
const shortcuts = preloadable(
  async () => (await import('../../commands/shortcuts-dialog.tsx')).ShortcutsDialog,
);
const createDialog = preloadable(
  async () => (await import('../../features/records/create-dialog.tsx')).CreateDialog,
);

/** Fetched once the first screen stands, so that no key typed right after `C` is lost. */
function loadOverlays(): void {
  const overlays = [createDialog, palette, shortcuts];
  // What fails here is fetched again when it is needed.
  void Promise.all(overlays.map(({ preload }) => preload())).catch(() => undefined);
}

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

  useEffect(() => {
    const idle = window.requestIdleCallback(loadOverlays, { timeout: 2_000 });
    return () => window.cancelIdleCallback(idle);
  }, []);

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
        {overlay?.kind === 'palette' && <palette.Component context={context} />}
        {overlay?.kind === 'shortcuts' && <shortcuts.Component />}
        {overlay?.kind === 'create' && <createDialog.Component {...overlay} />}
      </Suspense>
    </div>
  );
}
