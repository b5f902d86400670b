import { UserError } from '../errors.ts';
import type { DesktopShell } from '../ports.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** What the desktop host offers beside the data. */
export function desktopProcedures(os: ReturnType<typeof createBase>, { ports }: ApiParts) {
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
    },
  };
}
