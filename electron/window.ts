import {
  BrowserWindow,
  nativeTheme,
  screen,
  type WebContents,
  type WebPreferences,
} from 'electron';
import ElectronStore from 'electron-store';
import type { Logger } from '../src/main/ports.ts';
import { appUrl } from './app-protocol.ts';
import { smallest, windowPlace } from './window-place.ts';

export interface MainWindow {
  /**
   * Brings the window to the front, opened anew if it was closed.
   *
   * @param route fragment of the page to go to; without one it stays where it is
   */
  show(route?: `#/${string}`): void;
  /** Whether these contents are the window's own. */
  has(contents: WebContents): boolean;
}

interface WindowParts {
  /** Path of the built preload. */
  readonly preload: string;
  /** Path of a picture; macOS takes its own from the bundle. */
  readonly icon: string;
  readonly logger: Logger;
}

/** A page that crashes again and again is not helped by one more reload. */
const mostReloads = 3;

/** The one window of the app. */
export function mainWindow(parts: WindowParts): MainWindow {
  let window: BrowserWindow | null = null;

  return {
    show(route) {
      if (window === null) {
        window = open(parts, route ?? '');
        window.on('closed', () => {
          window = null;
        });
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      if (route !== undefined) goTo(window.webContents, route, parts.logger);
    },
    has: (contents) => window !== null && window.webContents === contents,
  };
}

function open({ preload, icon, logger }: WindowParts, route: string): BrowserWindow {
  // A file of its own: it is written at each close, and losing it costs nothing.
  const store = new ElectronStore({ name: 'window', clearInvalidConfig: true });
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const { maximized, ...place } = windowPlace(
    store.get('place'),
    [primary, ...others].map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: Math.min(smallest.width, place.width),
    minHeight: Math.min(smallest.height, place.height),
    title: 'Trellis',
    icon,
    // Shown when there is something to see; until then what shows through is the page's own ground.
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141416' : '#ffffff',
    webPreferences: pageSafety(preload),
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    store.set('place', { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reloadAfterCrash(window, logger);
  window.loadURL(appUrl + route).catch((error: unknown) => {
    logger.error(`The page could not be loaded: ${String(error)}`);
    // An empty window can be closed; one that never appears cannot.
    if (!window.isDestroyed()) window.show();
  });
  return window;
}

/** What every window's page is held to. */
export function pageSafety(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    // Chromium would fetch its dictionaries from the net.
    spellcheck: false,
  };
}

function reloadAfterCrash(window: BrowserWindow, logger: Logger): void {
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    logger.error(`The page ended: ${reason}`);
    reloads += 1;
    if (reloads <= mostReloads) window.webContents.reload();
  });
}

/** As the page itself would go there: loading the URL again would lose what is typed. */
function goTo(contents: WebContents, route: string, logger: Logger): void {
  contents.executeJavaScript(`location.hash = ${JSON.stringify(route)}`).catch((error: unknown) => {
    logger.error(`The page did not go to ${route}: ${String(error)}`);
  });
}
