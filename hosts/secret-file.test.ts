import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../tests/support/temporary-folder.ts';
import { keyFileCipher, secretFile } from './secret-file.ts';

test('secrets are kept encrypted, in files their owner alone can read', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'secrets.json');
  const key = join(folder, 'key');
  const store = secretFile(path, keyFileCipher(key));
  expect(store.read('mail')).toBeNull();
  store.write('mail', 'pässword');
  store.write('shop', 'x');
  expect(secretFile(path, keyFileCipher(key)).read('mail')).toBe('pässword');
  expect(store.names()).toEqual(['mail', 'shop']);
  expect(readFileSync(path, 'utf8')).not.toContain('pässword');
  if (process.platform !== 'win32')
    for (const file of [path, key]) expect(statSync(file).mode & 0o777).toBe(0o600);

  store.remove('mail');
  expect(store.read('mail')).toBeNull();
  expect(secretFile(path, keyFileCipher(join(folder, 'other'))).read('shop')).toBeNull();
});
