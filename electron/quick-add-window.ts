import { BrowserWindow, globalShortcut, nativeTheme, type WebContents } from 'electron';
import type { Logger } from '../src/main/ports.ts';
import { appUrl } from './app-protocol.ts';
import { pageSafety } from './window.ts';

/** Pressed in any program. */
const quickAddShortcut = 'CommandOrControl+Alt+Space';

export interface QuickAddWindow {
  open(): void;
  has(contents: WebContents): boolean;
}

/** A small window for one line, over whatever is being worked on. It goes when it is left. */
export function quickAddWindow(preload: string, logger: Logger): QuickAddWindow {
  let window: BrowserWindow | null = null;

  function open(): void {
    if (window !== null) {
      window.show();
      window.focus();
      return;
    }
    const opened = new BrowserWindow({
      width: 560,
      height: 140,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Quick add',
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#141416' : '#ffffff',
      webPreferences: pageSafety(preload),
    });
    window = opened;
    opened.once('ready-to-show', () => opened.show());
    opened.on('blur', () => opened.close());
    opened.on('closed', () => {
      window = null;
    });
    opened.loadURL(`${appUrl}#/quick-add`).catch((error: unknown) => {
      logger.error(`Quick add could not be loaded: ${String(error)}`);
      opened.close();
    });
  }

  if (!globalShortcut.register(quickAddShortcut, open)) {
    logger.info(`${quickAddShortcut} belongs to another program; quick add is in the tray's menu`);
  }
  return { open, has: (contents) => window !== null && window.webContents === contents };
}
