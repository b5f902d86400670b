import { copyDataFolder } from '../backup/data-folder-move.ts';
import { UserError } from '../errors.ts';
import type { DesktopShell } from '../ports.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** What the desktop host offers beside the data. */
export function desktopProcedures(os: ReturnType<typeof createBase>, parts: ApiParts) {
  const { ports, connection, committer, backups, right } = parts;
  const shell = (): DesktopShell => {
    if (ports.desktop) return ports.desktop;
    throw new UserError('conflict', 'Only the desktop app can do this.');
  };
  return {
    desktop: {
      get: os.desktop.get.handler(() => ports.desktop?.read() ?? null),
      update: os.desktop.update.handler(({ input }) => {
        const { start_at_login: atLogin, keep_in_tray: inTray } = input;
        if (atLogin !== undefined) shell().startAtLogin(atLogin);
        if (inTray !== undefined) shell().keepInTray(inTray);
        return null;
      }),
      open_data_folder: os.desktop.open_data_folder.handler(async () => {
        await shell().openDataFolder();
        return null;
      }),
      move_data_folder: os.desktop.move_data_folder.handler(async ({ input }) => {
        const desktop = shell();
        await copyDataFolder(
          {
            connection,
            committer,
            backups,
            settings: ports.settings,
            logger: ports.logger,
            dataDir: ports.dataDir,
            mayExecute: () => right.isHeld,
          },
          input.path.trim(),
        );
        // Changes stay held back until the program ends.
        desktop.switchDataFolder(input.path.trim());
        return null;
      }),
    },
  };
}
