import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../errors.ts';

/** First line of a sealed backup. */
const magic = 'TRELLIS-SEALED-1\n';

const chunkBytes = 1 << 20;
const tagBytes = 16;

/** More than any header of ours: a file without its line break is not read to its end. */
const longestHeader = 4_096;

/** About 100 ms and 64 MB for each guess at a passphrase. */
const scryptCost = { N: 65_536, r: 8, p: 1, maxmem: 128 << 20 } as const;

/** `PrivateKeyInfo` of X25519 up to the 32 bytes of the key (RFC 8410). */
const privateKeyPrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

/**
 * What this computer keeps to seal backups with. Only the passphrase opens them: it makes the private key, and is
 * itself kept nowhere, so that a stolen laptop opens no backup on the stick beside it.
 */
export const backupKeySchema = z.object({
  /** Base64. */
  salt: z.string(),
  /** X25519, SPKI as base64. */
  public_key: z.string(),
});

export type BackupKey = z.infer<typeof backupKeySchema>;

const headerSchema = backupKeySchema.extend({ sender_key: z.string() });

function privateKeyOf(passphrase: string, salt: Buffer): KeyObject {
  const seed = scryptSync(passphrase.normalize('NFKC'), salt, 32, scryptCost);
  return createPrivateKey({
    key: Buffer.concat([privateKeyPrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}

const exported = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).toString('base64');

const imported = (text: string): KeyObject =>
  createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });

/** Makes what seals from a passphrase, which is then forgotten. */
export function makeBackupKey(passphrase: string): BackupKey {
  const salt = randomBytes(16);
  const publicKey = createPublicKey(privateKeyOf(passphrase, salt));
  return { salt: salt.toString('base64'), public_key: exported(publicKey) };
}

/** Whether a passphrase opens what this key seals. */
export function isPassphraseOf(key: BackupKey, passphrase: string): boolean {
  const privateKey = privateKeyOf(passphrase, Buffer.from(key.salt, 'base64'));
  return exported(createPublicKey(privateKey)) === key.public_key;
}

/** One key a file, so that its nonce need not be more than zero. */
function fileKey(own: KeyObject, other: KeyObject, header: string): Buffer {
  const shared = diffieHellman({ privateKey: own, publicKey: other });
  return Buffer.from(hkdfSync('sha256', shared, header, magic, 32));
}

const nonce = Buffer.alloc(12);

/** Writes a sealed copy of a file: AES-256-GCM under a key agreed with the holder of the passphrase. */
export function sealFile(from: string, to: string, key: BackupKey): void {
  const sender = generateKeyPairSync('x25519');
  const header = `${JSON.stringify({ ...key, sender_key: exported(sender.publicKey) })}\n`;
  const cipher = createCipheriv(
    'aes-256-gcm',
    fileKey(sender.privateKey, imported(key.public_key), header),
    nonce,
  );
  cipher.setAAD(Buffer.from(magic + header));
  withFiles(from, to, (input, output) => {
    writeSync(output, magic + header);
    for (const chunk of chunksOf(input, 0, fstatSync(input).size)) {
      writeAll(output, cipher.update(chunk));
    }
    writeAll(output, cipher.final());
    writeAll(output, cipher.getAuthTag());
  });
}

/**
 * Writes the open copy of a sealed file. What it wrote is to be thrown away when it throws: only the end of the file
 * tells whether all of it is genuine.
 *
 * @throws UserError `validation_failed` on `passphrase` when it is another's; `conflict` when the file was changed
 */
export function openSealedFile(from: string, to: string, passphrase: string): void {
  withFiles(from, to, (input, output) => {
    const { header, start } = readHeader(input, from);
    const salt = Buffer.from(header.value.salt, 'base64');
    const privateKey = privateKeyOf(passphrase, salt);
    if (exported(createPublicKey(privateKey)) !== header.value.public_key) {
      throw new UserError('validation_failed', 'This passphrase does not open the backup.', {
        field: 'passphrase',
      });
    }
    const key = fileKey(privateKey, imported(header.value.sender_key), header.line);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(magic + header.line));
    const end = fstatSync(input).size - tagBytes;
    for (const chunk of chunksOf(input, start, end)) writeAll(output, decipher.update(chunk));
    const [tag] = chunksOf(input, end, end + tagBytes);
    try {
      decipher.setAuthTag(tag ?? Buffer.alloc(tagBytes));
      writeAll(output, decipher.final());
    } catch (error) {
      throw new UserError(
        'conflict',
        `${from} was changed or cut short after it was made, so it is not used. Choose another backup.`,
        { cause: error },
      );
    }
  });
}

function readHeader(input: number, path: string) {
  const first = Buffer.alloc(longestHeader);
  const text = first.toString('latin1', 0, readSync(input, first, 0, longestHeader, 0));
  const end = text.indexOf('\n', magic.length) + 1;
  try {
    if (!text.startsWith(magic) || end === 0) throw new Error('no header');
    const line = text.slice(magic.length, end);
    return { header: { line, value: headerSchema.parse(JSON.parse(line)) }, start: end };
  } catch (error) {
    throw new UserError('conflict', `${path} is not a sealed backup of Trellis.`, { cause: error });
  }
}

function withFiles(from: string, to: string, work: (input: number, output: number) => void): void {
  const input = openSync(from, 'r');
  try {
    // For the user alone, as the data is.
    const output = openSync(to, 'wx', 0o600);
    try {
      work(input, output);
      fsyncSync(output);
    } finally {
      closeSync(output);
    }
  } finally {
    closeSync(input);
  }
}

function* chunksOf(file: number, start: number, end: number): Generator<Buffer> {
  let position = start;
  while (position < end) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, end - position));
    const bytes = readSync(file, chunk, 0, chunk.length, position);
    if (bytes === 0) return;
    position += bytes;
    yield chunk.subarray(0, bytes);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}
