import { z } from 'zod';
import type { LocalSettings, SettingsStore } from '../src/main/ports.ts';
import { languages, themes } from '../src/shared/contract/app.ts';

/** Name, without `.json`, of the settings file in the data folder; both hosts share it. */
export const settingsFile = 'settings';

/** What `conf` and `electron-store` have in common. */
interface KeyValueFile {
  get(key: string): unknown;
  set(values: Partial<LocalSettings>): void;
}

const stored = {
  theme: z.enum(themes).catch('system'),
  language: z.enum(languages).catch('en'),
  backup_dir: z.string().nullable().catch(null),
  keep_in_tray: z.boolean().nullable().catch(null),
  rest_enabled: z.boolean().catch(false),
  rest_port: z.number().int().min(1_024).max(65_535).catch(8_000),
  seen_version: z.string().nullable().catch(null),
};

/** Settings in a file that people may edit: what it says is checked at each read. */
export function storedSettings(file: KeyValueFile): SettingsStore {
  return {
    read: () => ({
      theme: stored.theme.parse(file.get('theme')),
      language: stored.language.parse(file.get('language')),
      backup_dir: stored.backup_dir.parse(file.get('backup_dir')),
      keep_in_tray: stored.keep_in_tray.parse(file.get('keep_in_tray')),
      rest_enabled: stored.rest_enabled.parse(file.get('rest_enabled')),
      rest_port: stored.rest_port.parse(file.get('rest_port')),
      seen_version: stored.seen_version.parse(file.get('seen_version')),
    }),
    write: (patch) => file.set(patch),
  };
}
