import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';

/** Starts without a window: who logs in did not ask for one. */
export const hiddenSwitch = '--hidden';

export interface LoginItem {
  isOn(): boolean;
  set(on: boolean): void;
}

/** Windows and macOS keep the list themselves; elsewhere it is a file of the desktop's autostart folder. */
export function loginItem(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): LoginItem {
  if (platform === 'darwin' || platform === 'win32') {
    const args = [hiddenSwitch];
    return {
      isOn: () => app.getLoginItemSettings({ args }).openAtLogin,
      set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args }),
    };
  }
  const folder = join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart');
  const file = join(folder, 'trellis-crm.desktop');
  return {
    isOn: () => existsSync(file),
    set(on) {
      if (!on) return rmSync(file, { force: true });
      mkdirSync(folder, { recursive: true });
      // An AppImage runs from a mount that is gone at the next login; this is where the file itself is.
      writeFileSync(file, autostartEntry(env.APPIMAGE ?? process.execPath));
    },
  };
}

/** @param program path of what to start */
function autostartEntry(program: string): string {
  // Quoted as the Desktop Entry Specification wants it, its own escape character and field codes doubled.
  const quoted = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('\\', '\\\\');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Trellis',
    `Exec="${quoted.replaceAll('%', '%%')}" ${hiddenSwitch}`,
    'Icon=trellis-crm',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
