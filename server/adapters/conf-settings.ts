import Conf from 'conf';
import { settingsFile, storedSettings } from '../../hosts/stored-settings.ts';
import type { LocalSettings, SettingsStore } from '../../src/main/ports.ts';

/** The same file format as electron-store's, so both hosts share `settings.json` in the data folder. */
export function confSettings(dataDir: string): SettingsStore {
  let opened: Conf<Partial<LocalSettings>> | undefined;
  // Made with the first use: the file must not appear in a folder that is then refused.
  const file = (): Conf<Partial<LocalSettings>> => {
    opened ??= new Conf<Partial<LocalSettings>>({
      cwd: dataDir,
      configName: settingsFile,
      projectName: 'trellis',
      // A settings file that cannot be read is not worth a start that fails.
      clearInvalidConfig: true,
    });
    return opened;
  };
  return storedSettings({
    get: (key) => Reflect.get(file().store, key),
    set: (values) => file().set(values),
  });
}
