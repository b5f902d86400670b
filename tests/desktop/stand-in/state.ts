import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  DevicePermissionHandlerHandlerDetails,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  Session,
} from 'electron';
import type { StandInNotification } from './notification.ts';
import type { StandInWindow } from './window.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = (details: DevicePermissionHandlerHandlerDetails) => boolean;

/** What the app did to Electron, and the switches a test sets before it starts the app. */
export const state = {
  /** In the order of the calls: `enableSandbox`, `setPath userData`, `requestSingleInstanceLock` … */
  calls: [] as string[],
  ready: false,
  isFirstInstance: true,
  notificationsSupported: true,
  paths: new Map<string, string>(),
  schemes: [] as CustomScheme[],
  protocols: new Map<string, (request: Request) => Response | Promise<Response>>(),
  windowOptions: [] as BrowserWindowConstructorOptions[],
  windows: [] as StandInWindow[],
  notificationOptions: [] as NotificationConstructorOptions[],
  notifications: [] as StandInNotification[],
  menu: [] as MenuItemConstructorOptions[],
  trayMenu: [] as MenuItemConstructorOptions[],
  trayTip: '',
  /** How many trays are shown. */
  trays: 0,
  badge: 0,
  shortcuts: new Map<string, () => void>(),
  /** What the user was asked, and which button is pressed next. */
  questions: [] as string[],
  answer: 0,
  openedPaths: [] as string[],
  opened: [] as string[],
  errorBoxes: [] as string[],
  permissionRequest: null as RequestHandler | null,
  permissionCheck: null as CheckHandler | null,
  devicePermission: null as DeviceHandler | null,
  /** Null while the app runs. */
  exitCode: null as number | null,
};

/** Electron refuses these before it is ready. */
export function needReady(name: string): void {
  if (!state.ready) throw new Error(`${name} was used before the app was ready`);
}

/** And these after. */
export function needNotReady(name: string): void {
  if (state.ready) throw new Error(`${name} was used after the app was ready`);
}

/** As Electron's events are: `preventDefault` is the only way to stop what comes after. */
export function preventable<T extends object>(details: T) {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}
