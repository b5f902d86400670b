import {
  type AnyRoute,
  type AnyRouter,
  Outlet,
  useCanGoBack,
  useRouter,
} from '@tanstack/react-router';
import { Suspense, useEffect, useMemo } from 'react';
import { globalCommands } from '../../commands/global-commands.ts';
import { listenToKeyboard } from '../../commands/keyboard.ts';
import { useCommands } from '../../commands/registry.ts';
import { useCustomFields } from '../../features/records/custom-fields.ts';
import { useUndoCommands } from '../../features/history/use-undo.tsx';
import { commandContext } from '../command-context.ts';
import { preloadable } from '../preloadable.tsx';
import { useThemeSetting, useThemeToggle } from '../use-theme.ts';
import { useWindowStore } from '../window-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import classes from './shell.module.css';
import { StandingBanners } from './standing-banners.tsx';
import { Sidebar } from './sidebar.tsx';

const palette = preloadable(async () => (await import('../../commands/palette.tsx')).Palette);
const shortcuts = preloadable(
  async () => (await import('../../commands/shortcuts-dialog.tsx')).ShortcutsDialog,
);
const createDialog = preloadable(
  async () => (await import('../../features/records/create-dialog.tsx')).CreateDialog,
);

/**
 * Fetched once the first screen stands, so that no key typed right after `C` is lost, and a server that
 * goes away takes no screen along that was not opened yet.
 */
async function loadAhead(router: AnyRouter): Promise<void> {
  const overlays = [createDialog, palette, shortcuts].map(({ preload }) => preload());
  const screens = Object.values<AnyRoute>(router.routesById).map((route) =>
    router.loadRouteChunk(route),
  );
  // What fails here is fetched again when it is needed.
  await Promise.allSettled([...overlays, ...screens]);
}

const blockers = '[role="dialog"][aria-modal="true"], [role="menu"], [data-dragging]';

/** What is typed while the palette is still to come belongs to it. */
function typeAhead(letter: string): boolean {
  const { overlay, typeIntoPalette } = useWindowStore.getState();
  if (overlay?.kind !== 'palette') return false;
  typeIntoPalette(overlay.query + letter);
  return true;
}

/** The frame around every screen. */
export function Shell() {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const overlay = useWindowStore((state) => state.overlay);
  const { toggle } = useThemeToggle();
  useThemeSetting();
  // Every table, form and condition is made from the registry and what the file adds to it.
  useCustomFields();
  const undoCommands = useUndoCommands();
  useCommands([...globalCommands(toggle), ...undoCommands], 'base');

  const context = useMemo(() => commandContext(router, canGoBack), [router, canGoBack]);
  useEffect(
    () =>
      listenToKeyboard(
        context,
        // A dialog, a menu, the palette or a card in the air keeps its keys to itself.
        () => document.querySelector(blockers) !== null,
        typeAhead,
      ),
    [context],
  );

  useEffect(() => {
    const idle = window.requestIdleCallback(() => void loadAhead(router), { timeout: 2_000 });
    return () => window.cancelIdleCallback(idle);
  }, [router]);

  return (
    <div className={classes.shell}>
      <Sidebar />
      <main className={classes.main}>
        <ConnectionBanner />
        <StandingBanners />
        <div className={classes.screen}>
          <Outlet />
        </div>
      </main>
      <Suspense>
        {overlay?.kind === 'palette' && (
          <palette.Component context={context} query={overlay.query} />
        )}
        {overlay?.kind === 'shortcuts' && <shortcuts.Component />}
        {overlay?.kind === 'create' && <createDialog.Component {...overlay} />}
      </Suspense>
    </div>
  );
}
