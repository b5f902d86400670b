import { join } from 'node:path';
import { app, dialog, ipcMain, protocol, session } from 'electron';
import { nodeHttpClient } from '../hosts/node-http-client.ts';
import { smtpMailer } from '../hosts/smtp-mailer.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { type Core, createCore } from '../src/main/create-core.ts';
import { messageOf } from '../src/main/errors.ts';
import type { Logger, RestSwitch, SettingsStore } from '../src/main/ports.ts';
import { desktopNotifier } from './adapters/desktop-notifier.ts';
import { desktopSecrets } from './adapters/desktop-secrets.ts';
import { fileLogger } from './adapters/file-logger.ts';
import { desktopRest } from './adapters/desktop-rest.ts';
import { desktopSettings } from './adapters/desktop-settings.ts';
import { serveApi } from './api-port.ts';
import { appScheme, serveRenderer } from './app-protocol.ts';
import { serveFromVite } from './dev-server.ts';
import { setMenu } from './menu.ts';
import { quitInOrder } from './quit.ts';
import { recordRoute } from './record-route.ts';
import { confineContents, denyPermissions } from './security.ts';
import { type MainWindow, mainWindow } from './window.ts';

interface DesktopOptions {
  readonly dataDir: string;
  /** Where the build put `preload/` and `renderer/`. */
  readonly outDir: string;
}

/** The one instance for its data folder. Returns at once; the app starts when Electron is ready. */
export function startDesktop({ dataDir, outDir }: DesktopOptions): void {
  const logger = fileLogger(join(dataDir, 'logs'));
  process.on('unhandledRejection', (reason) => {
    logger.error(`Unhandled: ${describe(reason)}`);
  });
  // Windows shows notifications only for an app it can name.
  app.setAppUserModelId('com.trellis-crm.desktop');
  confineContents(logger);

  const window = mainWindow({
    preload: join(outDir, 'preload', 'preload.cjs'),
    icon: join(outDir, '..', 'resources', 'icons', 'trellis.png'),
    logger,
  });
  const show = () => {
    // Not while quitting: the core behind a new window would be closed.
    if (!quit.started()) window.show();
  };
  let stop = () => Promise.resolve();
  const quit = quitInOrder(() => stop(), logger);
  app.on('window-all-closed', () => {
    // On macOS an app lives on in the Dock without a window, and automation goes on with it.
    if (process.platform !== 'darwin') app.quit();
  });

  const start = () => {
    denyPermissions(session.defaultSession);
    protocol.handle(appScheme, pages(outDir));
    setMenu(process.platform, !app.isPackaged);

    const settings = desktopSettings();
    const rest = desktopRest({
      settings,
      logger,
      dataDir,
      outDir,
      version: app.getVersion(),
      core: () => core,
    });
    const core = openCore({ dataDir, window, logger, settings, rest });
    const api = serveApi({ core, ipcMain, isOurs: (contents) => window.has(contents), logger });
    void rest.start();
    stop = async () => {
      await api.settle();
      await rest.stop();
      await core.stop();
    };
    app.on('second-instance', show);
    app.on('activate', show);
    show();
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

interface CoreParts {
  readonly dataDir: string;
  readonly window: MainWindow;
  readonly logger: Logger;
  readonly settings: SettingsStore;
  readonly rest: RestSwitch;
}

function openCore({ dataDir, window, logger, settings, rest }: CoreParts): Core {
  const core = createCore({
    clock: systemClock,
    ids: uuidIds,
    logger,
    notifier: desktopNotifier((record) => window.show(recordRoute(record))),
    settings,
    rest,
    mailer: smtpMailer(),
    http: nodeHttpClient(),
    secrets: desktopSecrets(dataDir),
    host: {
      kind: 'desktop',
      version: app.getVersion(),
      label: `Trellis desktop, process ${process.pid}`,
    },
    dataDir,
  });
  core.start();
  return core;
}

function pages(outDir: string): (request: Request) => Promise<Response> {
  // Set by `electron-vite dev`; an installed app does not listen to its environment.
  const vite = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
  return vite === undefined ? serveRenderer(join(outDir, 'renderer')) : serveFromVite(vite);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
