import { join } from 'node:path';
import { nodeHttpClient } from '../hosts/node-http-client.ts';
import { smtpMailer } from '../hosts/smtp-mailer.ts';
import { app, dialog, ipcMain, protocol, session, shell, type WebContents } from 'electron';
import { checkpointThread } from '../hosts/checkpoint-thread.ts';
import { consoleLogger } from '../hosts/console-logger.ts';
import { describeSystem } from '../hosts/describe-system.ts';
import { logFile } from '../hosts/log-file.ts';
import { readerThread } from '../hosts/reader-thread.ts';
import { defaultBackupFolder } from '../hosts/data-folder.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { type Core, createCore } from '../src/main/create-core.ts';
import { switchFolder } from '../src/main/backup/data-folder-move.ts';
import { createRecovery } from '../src/main/api/recovery-api.ts';
import { DamagedFileError } from '../src/main/db/damage.ts';
import { messageOf, UserError } from '../src/main/errors.ts';
import type { Logger, Ports, RestSwitch, SettingsStore } from '../src/main/ports.ts';
import { desktopNotifier } from './adapters/desktop-notifier.ts';
import { desktopSecrets } from './adapters/desktop-secrets.ts';
import { desktopRest } from './adapters/desktop-rest.ts';
import { desktopSettings } from './adapters/desktop-settings.ts';
import { serveApi } from './api-port.ts';
import { appScheme, serveRenderer } from './app-protocol.ts';
import { deepLinkRoute, linkScheme, routeOfArguments } from './deep-link.ts';
import { serveFromVite } from './dev-server.ts';
import { hiddenSwitch, loginItem } from './login-item.ts';
import { setMenu } from './menu.ts';
import { quickAddWindow } from './quick-add-window.ts';
import { quitInOrder } from './quit.ts';
import { recordRoute } from './record-route.ts';
import { confineContents, denyPermissions } from './security.ts';
import { watchTime } from './time-watch.ts';
import { addTray, type TrayParts } from './tray.ts';
import { type MainWindow, mainWindow } from './window.ts';

interface DesktopOptions {
  readonly dataDir: string;
  /** Where the build put `preload/` and `renderer/`. */
  readonly outDir: string;
}

/** The one instance for its data folder. Returns at once; the app starts when Electron is ready. */
export function startDesktop({ dataDir, outDir }: DesktopOptions): void {
  // An installed app has no terminal, so what it logs is kept in the data folder too.
  const logger = logFile(join(dataDir, 'logs', 'trellis.log'), consoleLogger);
  process.on('unhandledRejection', (reason) => {
    logger.error(`Unhandled: ${describe(reason)}`);
  });
  // Windows shows notifications only for an app it can name.
  app.setAppUserModelId('com.trellis-crm.desktop');
  confineContents(logger);

  const preload = join(outDir, 'preload', 'preload.cjs');
  const icon = join(outDir, '..', 'resources', 'icons', 'trellis.png');
  const window = mainWindow({ preload, icon, logger });
  const show = (route?: `#/${string}`): void => {
    // Not while quitting: the core behind a new window would be closed.
    if (!quit.started()) window.show(route);
  };
  let stop = () => Promise.resolve();
  const quit = quitInOrder(() => stop(), logger);
  const links = followLinks(show);

  const start = () => {
    denyPermissions(session.defaultSession);
    protocol.handle(appScheme, pages(outDir));
    const settings = desktopSettings();
    const rest = desktopRest({
      settings,
      logger,
      dataDir,
      outDir,
      version: app.getVersion(),
      core: () => core.opened(),
    });
    let movingTo: string | null = null;
    const switchDataFolder = (to: string): void => {
      movingTo = to;
      app.quit();
    };
    const ports = portsOf({ dataDir, outDir, window, logger, settings, rest, switchDataFolder });
    const quickAdd = quickAddWindow(preload, logger);
    let leaveDesktop = (): void => undefined;
    const core = openOrRepair(ports, (opened) => {
      leaveDesktop = settleIn(opened, { icon, logger, show, quickAdd: () => quickAdd.open() });
      void rest.start();
    });
    const isOurs = (contents: WebContents): boolean =>
      window.has(contents) || quickAdd.has(contents);
    const api = serveApi({ core, ipcMain, isOurs, logger });
    setMenu({
      platform: process.platform,
      forDevelopment: !app.isPackaged,
      show,
      quickAdd: () => quickAdd.open(),
    });
    liveWithoutWindow(settings, () => quit.started(), logger);
    stop = async () => {
      leaveDesktop();
      await api.settle();
      await rest.stop();
      await core.stop();
      if (movingTo !== null) startElsewhere(dataDir, movingTo, logger);
    };
    app.on('activate', () => show());
    links.ready();
    if (!process.argv.includes(hiddenSwitch)) show(links.first ?? undefined);
  };
  void app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      logger.error(`Trellis could not start: ${describe(error)}`);
      dialog.showErrorBox('Trellis could not start', messageOf(error));
      app.exit(1);
    });
}

/**
 * Opens what links name: of this start, of a second start on Windows and Linux, and as macOS passes them on.
 *
 * @returns the link of this start, and what to call when a window can be shown
 */
function followLinks(show: (route?: `#/${string}`) => void) {
  let isReady = false;
  const links = {
    first: routeOfArguments(process.argv.slice(1)),
    ready() {
      isReady = true;
    },
  };
  app.setAsDefaultProtocolClient(linkScheme);
  app.on('second-instance', (_event, args) => {
    if (isReady) show(routeOfArguments(args) ?? undefined);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const route = deepLinkRoute(url);
    if (route === null) return;
    // A link may be what started the app, before it is ready.
    if (isReady) show(route);
    else links.first = route;
  });
  return links;
}

/** What goes on beside the window: the tray, and time that leaps. @returns ends both */
function settleIn(
  core: Core,
  parts: Pick<TrayParts, 'icon' | 'logger' | 'show' | 'quickAdd'>,
): () => void {
  const removeTray = addTray({ ...parts, automation: core.automation });
  const stopWatching = watchTime(() => core.timeMayHaveMoved());
  return () => {
    removeTray();
    stopWatching();
  };
}

/** Without a window automation goes on, if the user wants it; asked once, when the question first arises. */
function liveWithoutWindow(
  settings: SettingsStore,
  isQuitting: () => boolean,
  logger: Logger,
): void {
  app.on('window-all-closed', () => {
    // On macOS an app lives on in the Dock without a window, and automation goes on with it.
    if (process.platform === 'darwin' || isQuitting()) return;
    const { keep_in_tray: keep } = settings.read();
    if (keep === false) app.quit();
    else if (keep === null) {
      askToStay(settings).catch((error: unknown) => {
        logger.error(`The question could not be asked: ${String(error)}`);
        app.quit();
      });
    }
  });
}

async function askToStay(settings: SettingsStore): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Keep Trellis running without a window?',
    detail:
      'Workflows go on, and the icon beside the clock opens Trellis again. You can change this in Settings.',
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  settings.write({ keep_in_tray: response === 0 });
  if (response !== 0) app.quit();
}

/** The core has stopped, so the file can go; where it cannot, the program starts again where it was. */
function startElsewhere(dataDir: string, to: string, logger: Logger): void {
  try {
    logger.info(`The data folder is ${to} now; the old file is ${switchFolder(dataDir, to)}`);
  } catch (error) {
    logger.error(`The data folder was not moved: ${describe(error)}`);
    dialog.showErrorBox('The data folder was not moved', messageOf(error));
  }
  app.relaunch();
}

interface ServedCore extends Pick<Core, 'router'> {
  /** @throws UserError while the file is being repaired */
  opened(): Core;
  stop(): Promise<void>;
}

/** The core; or, while its file is damaged, the repair, whose place the core takes when it is done. */
function openOrRepair(ports: Ports, onOpened: (core: Core) => void): ServedCore {
  let served: Pick<Core, 'router'>;
  let core: Core | null = null;
  const open = (): void => {
    core = createCore(ports);
    core.start();
    served = core;
    onOpened(core);
  };
  try {
    open();
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    ports.logger.error(error.message);
    const recovery = createRecovery(ports, error);
    served = recovery;
    void recovery.repaired.then(open).catch((failure: unknown) => {
      ports.logger.error(`The repaired file could not be opened: ${describe(failure)}`);
    });
  }
  return {
    get router() {
      return served.router;
    },
    opened() {
      if (core !== null) return core;
      throw new UserError('conflict', 'The file has to be repaired first.');
    },
    stop: async () => await core?.stop(),
  };
}

interface PortsParts {
  readonly dataDir: string;
  readonly outDir: string;
  readonly window: MainWindow;
  readonly logger: Logger;
  readonly settings: SettingsStore;
  readonly rest: RestSwitch;
  readonly switchDataFolder: (to: string) => void;
}

function portsOf(parts: PortsParts): Ports {
  const { dataDir, outDir, window, logger, settings, rest, switchDataFolder } = parts;
  const atLogin = loginItem();
  return {
    clock: systemClock,
    ids: uuidIds,
    logger,
    notifier: desktopNotifier((record) => window.show(recordRoute(record))),
    settings,
    desktop: {
      read: () => ({
        start_at_login: atLogin.isOn(),
        keep_in_tray: settings.read().keep_in_tray,
      }),
      startAtLogin: (on) => atLogin.set(on),
      keepInTray: (on) => settings.write({ keep_in_tray: on }),
      switchDataFolder,
      async openDataFolder() {
        const failure = await shell.openPath(dataDir);
        if (failure !== '')
          throw new UserError('conflict', `The folder cannot be shown: ${failure}`);
      },
    },
    rest,
    mailer: smtpMailer(),
    http: nodeHttpClient(),
    secrets: desktopSecrets(dataDir),
    host: {
      kind: 'desktop',
      version: app.getVersion(),
      system: describeSystem(),
      label: `Trellis desktop, process ${process.pid}`,
    },
    startCheckpoints: (file) =>
      checkpointThread(join(outDir, 'main', 'checkpoint-worker.js'), file),
    startReader: () => readerThread(join(outDir, 'main', 'reader-worker.js')),
    dataDir,
    backupDir: defaultBackupFolder(dataDir),
  };
}

function pages(outDir: string): (request: Request) => Promise<Response> {
  // Set by `electron-vite dev`; an installed app does not listen to its environment.
  const vite = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  return vite === undefined ? serveRenderer(join(outDir, 'renderer')) : serveFromVite(vite);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
