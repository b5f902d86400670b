import { createHash, randomBytes } from 'node:crypto';
import type { ApiToken } from '../../shared/contract/access.ts';
import type { Reader } from '../db/handle.ts';
import type { Committer } from '../db/unit-of-work.ts';
import { notFound } from '../errors.ts';
import type { Clock } from '../ports.ts';

/** A use is written down at most so often, in milliseconds: a call must not cost a write to the disk. */
const useGrainMs = 60_000;

/** So that whoever finds one in a script or a log knows what it opens. */
const prefix = 'trellis_';

interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Named tokens of the REST API, hashed in the file. */
export class TokenStore {
  private readonly reader: Reader;
  private readonly committer: Committer;
  private readonly clock: Clock;

  constructor(reader: Reader, committer: Committer, clock: Clock) {
    this.reader = reader;
    this.committer = committer;
    this.clock = clock;
  }

  /** Those that were not revoked, the newest first. */
  list(): ApiToken[] {
    return this.reader.all<TokenRow>(
      'SELECT id, name, created_at, last_used_at FROM api_tokens WHERE revoked_at IS NULL ORDER BY seq DESC',
    );
  }

  /** @returns the token too; only its hash is kept */
  create(name: string): ApiToken & { token: string } {
    const token = prefix + randomBytes(32).toString('base64url');
    return this.committer.commit({ kind: 'user' }, (unit) => {
      const id = unit.ids.next();
      unit.db.run(
        'INSERT INTO api_tokens (id, name, token_hash, created_at) VALUES (?, ?, ?, ?)',
        id,
        name,
        hashOf(token),
        unit.nowText,
      );
      unit.touch('settings', id);
      return { id, name, created_at: unit.nowText, last_used_at: null, token };
    });
  }

  /** @throws UserError `not_found` when there is none, or it was revoked before */
  revoke(id: string): void {
    this.committer.commit({ kind: 'user' }, (unit) => {
      const sql = 'UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL';
      if (unit.db.run(sql, unit.nowText, id) === 0) throw notFound('token', id);
      unit.touch('settings', id);
    });
  }

  /** Whether a token opens the API; notes that it was used. */
  use(token: string): boolean {
    if (!token.startsWith(prefix)) return false;
    const row = this.reader.get<TokenRow>(
      'SELECT id, name, created_at, last_used_at FROM api_tokens WHERE token_hash = ? AND revoked_at IS NULL',
      hashOf(token),
    );
    if (!row) return false;
    const last = row.last_used_at === null ? Number.NaN : Date.parse(row.last_used_at);
    // A time that SQL made unreadable counts as never.
    if (!(Math.abs(this.clock.now() - last) < useGrainMs)) {
      this.committer.commit({ kind: 'api' }, (unit) => {
        unit.db.run('UPDATE api_tokens SET last_used_at = ? WHERE id = ?', unit.nowText, row.id);
        unit.touch('settings', row.id);
      });
    }
    return true;
  }
}
