import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { SecretStore } from '../src/main/delivery/ports.ts';

/** Turns a secret into text that may lie in a file. */
export interface Cipher {
  /** @throws Error in plain words when this computer cannot keep secrets */
  encrypt(text: string): string;
  /** @throws Error when the text was encrypted elsewhere */
  decrypt(text: string): string;
}

const stored = z.record(z.string(), z.string()).catch({});

/** Only its owner may read such a file. */
const ownerOnly = 0o600;

/** Secrets in a file, each encrypted; their names are readable. */
export function secretFile(path: string, cipher: Cipher): SecretStore {
  const read = (): Record<string, string> => {
    if (!existsSync(path)) return {};
    try {
      return stored.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return {};
    }
  };
  const write = (secrets: Record<string, string>): void => {
    // Written beside it and moved over it: a crash leaves the old file or the new one.
    const part = `${path}.part`;
    writeFileSync(part, `${JSON.stringify(secrets, null, 2)}\n`, { mode: ownerOnly });
    renameSync(part, path);
    chmodSync(path, ownerOnly);
  };
  return {
    read(name) {
      const text = read()[name];
      if (text === undefined) return null;
      try {
        return cipher.decrypt(text);
      } catch {
        // Encrypted on another computer: as good as not there.
        return null;
      }
    },
    write(name, value) {
      write({ ...read(), [name]: cipher.encrypt(value) });
    },
    remove(name) {
      const { [name]: removed, ...rest } = read();
      if (removed !== undefined) write(rest);
    },
    names: () => Object.keys(read()),
  };
}

/** AES-256-GCM with a key in a file of its own, for a host without the system's key ring. */
export function keyFileCipher(keyPath: string): Cipher {
  const key = (): Buffer => {
    if (!existsSync(keyPath))
      writeFileSync(keyPath, randomBytes(32), { mode: ownerOnly, flag: 'wx' });
    return readFileSync(keyPath);
  };
  return {
    encrypt(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key(), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    decrypt(text) {
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key(), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
