import { createHash, randomBytes } from 'node:crypto';
import type { Reader } from '../db/handle.ts';
import type { Committer } from '../db/unit-of-work.ts';

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Tokens of browser windows, hashed in the file, so that they outlive a restart and cannot be read from it. */
export class SessionStore {
  private readonly reader: Reader;
  private readonly committer: Committer;

  constructor(reader: Reader, committer: Committer) {
    this.reader = reader;
    this.committer = committer;
  }

  /** @returns a new token; only its hash is kept */
  create(): string {
    const token = randomBytes(32).toString('base64url');
    this.keep(token);
    return token;
  }

  /** Takes a token over that was given out while the file could not keep it. */
  keep(token: string): void {
    this.committer.commit({ kind: 'user' }, (unit) => {
      unit.db.run(
        'INSERT INTO sessions (token_hash, created_at) VALUES (?, ?)',
        hashOf(token),
        unit.nowText,
      );
    });
  }

  isValid(token: string): boolean {
    return (
      this.reader.get('SELECT 1 FROM sessions WHERE token_hash = ?', hashOf(token)) !== undefined
    );
  }
}
