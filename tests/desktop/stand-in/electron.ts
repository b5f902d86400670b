import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type Electron from 'electron';
import { app as standInApp } from './app.ts';
import { StandInNotification } from './notification.ts';
import { needNotReady, needReady, state } from './state.ts';
import { strict, strictClass } from './strict.ts';
import { StandInWindow } from './window.ts';

// What the built main imports as "electron". Each member is typed against Electron's own; one that
// is not here is refused by name, at the import or at the first use.

export const app = strict('app', standInApp);

export const ipcMain = strict('ipcMain', new EventEmitter());

export const BrowserWindow = strictClass('BrowserWindow', StandInWindow, (window) =>
  state.windows.push(window),
);

export const Notification = strictClass('Notification', StandInNotification, (notification) =>
  state.notifications.push(notification),
);

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    needNotReady('protocol.registerSchemesAsPrivileged');
    state.calls.push('registerSchemesAsPrivileged');
    state.schemes.push(...schemes);
  },
  handle(scheme, handler) {
    needReady('protocol.handle');
    state.protocols.set(scheme, handler);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>);

const defaultSession = strict('session.defaultSession', {
  setPermissionRequestHandler(handler) {
    state.permissionRequest = handler;
  },
  setPermissionCheckHandler(handler) {
    state.permissionCheck = handler;
  },
  setDevicePermissionHandler(handler) {
    state.devicePermission = handler;
  },
} satisfies Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>);

export const session = strict('session', {
  get defaultSession() {
    needReady('session.defaultSession');
    return defaultSession;
  },
} satisfies { defaultSession: Partial<Electron.Session> });

const turned = (bytes: Buffer): Buffer => Buffer.from(bytes.toReversed());

/** Turns text around where Electron would encrypt it: what is stored is not what was given. */
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => true,
  encryptString: (text) => turned(Buffer.from(text)),
  decryptString: (bytes) => turned(bytes).toString(),
} satisfies Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString'
>);

export const shell = strict('shell', {
  openExternal(url) {
    state.opened.push(url);
    return Promise.resolve();
  },
  openPath(path) {
    state.openedPaths.push(path);
    return Promise.resolve('');
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath'>);

export const dialog = strict('dialog', {
  showErrorBox(title: string, content: string) {
    state.errorBoxes.push(`${title}: ${content}`);
  },
  showMessageBox(options: Electron.MessageBoxOptions) {
    state.questions.push(options.message);
    return Promise.resolve({ response: state.answer, checkboxChecked: false });
  },
} satisfies Record<keyof Pick<Electron.Dialog, 'showErrorBox' | 'showMessageBox'>, unknown>);

export const powerMonitor = strict('powerMonitor', new EventEmitter());

export const globalShortcut = strict('globalShortcut', {
  register(accelerator, callback) {
    needReady('globalShortcut.register');
    state.shortcuts.set(accelerator, callback);
    return true;
  },
} satisfies Pick<Electron.GlobalShortcut, 'register'>);

class StandInTray extends EventEmitter {
  constructor(image: string) {
    super();
    needReady('new Tray');
    if (!existsSync(image)) throw new Error(`Failed to load image from path '${image}'`);
    state.trays += 1;
  }

  setToolTip(text: string): void {
    state.trayTip = text;
  }

  setContextMenu(menu: Electron.MenuItemConstructorOptions[]): void {
    state.trayMenu = menu;
  }

  destroy(): void {
    state.trays -= 1;
  }
}

export const Tray = strictClass('Tray', StandInTray, () => undefined);

export const nativeTheme = strict('nativeTheme', {
  themeSource: 'system',
  shouldUseDarkColors: false,
} satisfies Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>);

const display = { id: 1, workArea: { x: 0, y: 25, width: 1920, height: 1055 } } satisfies Pick<
  Electron.Display,
  'id' | 'workArea'
>;

export const screen = strict('screen', {
  getPrimaryDisplay() {
    needReady('screen.getPrimaryDisplay');
    return display;
  },
  getAllDisplays() {
    needReady('screen.getAllDisplays');
    return [display];
  },
} satisfies Record<keyof Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>, unknown>);

export const Menu = strict('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu(menu: Electron.MenuItemConstructorOptions[]) {
    state.menu.push(...menu);
  },
} satisfies Record<
  keyof Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>,
  unknown
>);

const electron = {
  app,
  ipcMain,
  BrowserWindow,
  Notification,
  protocol,
  session,
  shell,
  dialog,
  nativeTheme,
  powerMonitor,
  screen,
  Menu,
  globalShortcut,
  Tray,
} satisfies Partial<Record<keyof typeof Electron, unknown>>;

/** For packages that import it whole, as electron-store does. */
export default strict('electron', electron);
