import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { isPassphraseOf, makeBackupKey, openSealedFile, sealFile } from './sealed-file.ts';

const passphrase = 'correct horse battery staple';
const key = makeBackupKey(passphrase);

function sealed(content: Buffer) {
  const folder = temporaryFolder();
  const paths = {
    plain: join(folder, 'plain'),
    sealed: join(folder, 'sealed'),
    opened: join(folder, 'opened'),
  };
  writeFileSync(paths.plain, content);
  sealFile(paths.plain, paths.sealed, key);
  return paths;
}

test.each([0, 1, 1 << 20, (1 << 20) + 17, 3 << 20])('%i bytes come back as they were', (size) => {
  const content = randomBytes(size);
  const paths = sealed(content);
  openSealedFile(paths.sealed, paths.opened, passphrase);
  expect(readFileSync(paths.opened).equals(content)).toBe(true);
});

test('nothing of the content, and nothing that makes the passphrase shorter, is in the sealed file', () => {
  const content = Buffer.from('Ada Lovelace, ada@example.com '.repeat(50));
  const paths = sealed(content);
  const text = readFileSync(paths.sealed, 'latin1');
  expect(text).not.toContain('Lovelace');
  expect(text).not.toContain(passphrase);
  expect(statSync(paths.sealed).mode & 0o077).toBe(0);
});

test('two copies of one file have nothing in common but the key', () => {
  const content = randomBytes(4_096);
  const [one, other] = [sealed(content), sealed(content)].map((paths) =>
    readFileSync(paths.sealed),
  );
  expect(one?.subarray(-4_096).equals(other?.subarray(-4_096) ?? Buffer.alloc(0))).toBe(false);
});

test('another passphrase is told apart from a damaged file', () => {
  const paths = sealed(randomBytes(100));
  expect(() => openSealedFile(paths.sealed, paths.opened, 'wrong')).toThrow(/does not open/);
  expect(isPassphraseOf(key, passphrase)).toBe(true);
  expect(isPassphraseOf(key, `${passphrase} `)).toBe(false);
});

test.each(['header', 'body', 'end'])('a byte changed in the %s is found', (place) => {
  const paths = sealed(randomBytes(2_000));
  const bytes = readFileSync(paths.sealed);
  const at = { header: bytes.indexOf('salt') + 8, body: bytes.length - 800, end: bytes.length - 1 };
  const position = at[place as keyof typeof at];
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  writeFileSync(paths.sealed, bytes);
  expect(() => openSealedFile(paths.sealed, paths.opened, passphrase)).toThrow(
    /changed or cut short|does not open|not a sealed backup/,
  );
});

test.each([10, 100, 1_000])('a file cut by %i bytes is found', (cut) => {
  const paths = sealed(randomBytes(2_000));
  writeFileSync(paths.sealed, readFileSync(paths.sealed).subarray(0, -cut));
  expect(() => openSealedFile(paths.sealed, paths.opened, passphrase)).toThrow(/cut short/);
});

test('what is no sealed file is not read as one', () => {
  const paths = sealed(Buffer.from('x'));
  expect(() => openSealedFile(paths.plain, paths.opened, passphrase)).toThrow(
    /not a sealed backup/,
  );
  expect(existsSync(paths.plain)).toBe(true);
});
