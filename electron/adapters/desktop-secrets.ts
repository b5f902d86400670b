import { join } from 'node:path';
import { safeStorage } from 'electron';
import { secretFile } from '../../hosts/secret-file.ts';
import type { SecretStore } from '../../src/main/delivery/ports.ts';

/** Secrets encrypted with the key that the system keeps for this user. */
export function desktopSecrets(dataDir: string): SecretStore {
  return secretFile(join(dataDir, 'secrets-desktop.json'), {
    encrypt(text) {
      if (!safeStorage.isEncryptionAvailable())
        throw new Error('the system offers no key ring. Install one such as GNOME Keyring');
      return safeStorage.encryptString(text).toString('base64');
    },
    decrypt: (text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
  });
}
