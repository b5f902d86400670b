import { expect, test } from 'vitest';
import { storedSettings } from './stored-settings.ts';

const defaults = {
  theme: 'system',
  language: 'en',
  rest_enabled: false,
  rest_port: 8_000,
  seen_version: null,
  backup_dir: null,
  keep_in_tray: null,
};

function settingsOf(values: Record<string, unknown>) {
  return storedSettings({
    get: (key) => values[key],
    set: (patch) => Object.assign(values, patch),
  });
}

test('an empty file reads as the defaults', () => {
  expect(settingsOf({}).read()).toEqual(defaults);
});

test('what was written is read', () => {
  const settings = settingsOf({});
  settings.write({ theme: 'dark' });
  expect(settings.read()).toEqual({ ...defaults, theme: 'dark' });
});

test('a value that somebody misspelt is a default, and leaves the others alone', () => {
  const settings = settingsOf({ theme: 'drak', language: 'en' });
  expect(settings.read()).toEqual(defaults);
});
