import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import { currentDataFolder, dataFolder } from '../hosts/data-folder.ts';
import { prepareDataDir } from '../src/main/db/open-database.ts';
import { messageOf } from '../src/main/errors.ts';
import { appSchemePrivileges } from './app-protocol.ts';
import { startDesktop } from './desktop-app.ts';

// What must happen before the app is ready happens here, synchronously. Never `await` at this level:
// Electron gets ready only after this module was evaluated, so the app would hang (electron#40719).

app.enableSandbox();
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
// The folder comes first: the lock lies in it, so that each data folder has its own instance.
const dataDir = usePaths(dataFolder(process.argv.slice(1)));

if (dataDir === null) {
  app.exit(1);
} else if (app.requestSingleInstanceLock()) {
  startDesktop({ dataDir, outDir: join(import.meta.dirname, '..') });
} else {
  // The first instance was told and shows its window.
  app.quit();
}

/** @returns null when the folder cannot be used; the user was told */
function usePaths(wanted: string): string | null {
  let folder: string;
  let chromium: string;
  try {
    folder = currentDataFolder(wanted);
    prepareDataDir(folder);
    // Chromium's own files apart from the user's: theirs are worth a backup, Chromium's are not.
    chromium = join(folder, 'chromium');
    mkdirSync(chromium, { recursive: true });
  } catch (error) {
    dialog.showErrorBox('Trellis could not start', messageOf(error));
    return null;
  }
  app.setPath('userData', folder);
  app.setPath('sessionData', chromium);
  return folder;
}
