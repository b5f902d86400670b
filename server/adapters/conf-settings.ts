import Conf from 'conf';
import type { LocalSettings, SettingsStore } from '../../src/main/ports.ts';

const defaults: LocalSettings = { theme: 'system', language: 'en' };

/** The same file format as electron-store's, so both hosts share `settings.json` in the data folder. */
export function confSettings(dataDir: string): SettingsStore {
  let opened: Conf<LocalSettings> | undefined;
  // Made with the first use: the file must not appear in a folder that is then refused.
  const store = (): Conf<LocalSettings> => {
    opened ??= new Conf<LocalSettings>({
      cwd: dataDir,
      configName: 'settings',
      projectName: 'trellis',
      defaults,
      // A settings file that cannot be read is not worth a start that fails.
      clearInvalidConfig: true,
    });
    return opened;
  };
  return {
    read: () => ({ theme: store().get('theme'), language: store().get('language') }),
    write: (patch) => store().set(patch),
  };
}
