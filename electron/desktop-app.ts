import { join } from 'node:path';
import { app, dialog, ipcMain, protocol, session } from 'electron';
import { defaultBackupFolder } from '../hosts/data-folder.ts';
import { systemClock } from '../hosts/system-clock.ts';
import { uuidIds } from '../hosts/uuid-ids.ts';
import { type Core, createCore } from '../src/main/create-core.ts';
import { createRecovery } from '../src/main/api/recovery-api.ts';
import { DamagedFileError } from '../src/main/db/damage.ts';
import { messageOf } from '../src/main/errors.ts';
import type { Logger, Ports } from '../src/main/ports.ts';
import { desktopNotifier } from './adapters/desktop-notifier.ts';
import { fileLogger } from './adapters/file-logger.ts';
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

    const core = openOrRepair(portsOf(dataDir, window, logger));
    const api = serveApi({ core, ipcMain, isOurs: (contents) => window.has(contents), logger });
    stop = async () => {
      await api.settle();
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

interface ServedCore extends Pick<Core, 'router'> {
  stop(): Promise<void>;
}

/** The core; or, while its file is damaged, the repair, whose place the core takes when it is done. */
function openOrRepair(ports: Ports): ServedCore {
  let served: Pick<Core, 'router'>;
  let core: Core | null = null;
  const open = (): void => {
    core = createCore(ports);
    core.start();
    served = core;
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
    stop: async () => await core?.stop(),
  };
}

function portsOf(dataDir: string, window: MainWindow, logger: Logger): Ports {
  return {
    clock: systemClock,
    ids: uuidIds,
    logger,
    notifier: desktopNotifier((record) => window.show(recordRoute(record))),
    settings: desktopSettings(),
    host: {
      kind: 'desktop',
      version: app.getVersion(),
      label: `Trellis desktop, process ${process.pid}`,
    },
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
