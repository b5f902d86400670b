import { nativeTheme } from 'electron';
import ElectronStore from 'electron-store';
import { settingsFile, storedSettings } from '../../hosts/stored-settings.ts';
import type { LocalSettings, SettingsStore } from '../../src/main/ports.ts';

/** Settings in the data folder, and the theme of what Electron itself draws: menus, dialogs, scrollbars. */
export function desktopSettings(): SettingsStore {
  const settings = storedSettings(
    // A file that is no JSON is made anew: it holds little, and the app must start.
    new ElectronStore<Partial<LocalSettings>>({ name: settingsFile, clearInvalidConfig: true }),
  );
  nativeTheme.themeSource = settings.read().theme;
  return {
    read: () => settings.read(),
    write(patch) {
      settings.write(patch);
      nativeTheme.themeSource = settings.read().theme;
    },
  };
}
