import { expect, test } from 'vitest';
import { storedSettings } from './stored-settings.ts';

function settingsOf(values: Record<string, unknown>) {
  return storedSettings({
    get: (key) => values[key],
    set: (patch) => Object.assign(values, patch),
  });
}

test('an empty file reads as the defaults', () => {
  expect(settingsOf({}).read()).toEqual({
    theme: 'system',
    language: 'en',
    backup_dir: null,
    keep_in_tray: null,
  });
});

test('what was written is read', () => {
  const settings = settingsOf({});
  settings.write({ theme: 'dark' });
  expect(settings.read()).toEqual({
    theme: 'dark',
    language: 'en',
    backup_dir: null,
    keep_in_tray: null,
  });
});

test('a value that somebody misspelt is a default, and leaves the others alone', () => {
  const settings = settingsOf({ theme: 'drak', language: 'en' });
  expect(settings.read()).toEqual({
    theme: 'system',
    language: 'en',
    backup_dir: null,
    keep_in_tray: null,
  });
});
