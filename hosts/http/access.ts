import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../src/main/ports.ts';

/** How long a code in the printed URL can be exchanged, in milliseconds. */
const codeLifetimeMs = 60_000;

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The token from a file in the data folder that only its owner can read; made at the first start. */
export function readOrMakeToken(dataDir: string): string {
  const path = join(dataDir, 'token');
  if (existsSync(path)) {
    const kept = readFileSync(path, 'utf8').trim();
    if (kept !== '') return kept;
  }
  const token = randomBytes(32).toString('base64url');
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return token;
}

export interface Sessions {
  create(): string;
  isValid(token: string): boolean;
}

export interface NamedTokens {
  use(token: string): boolean;
}

export interface AccessParts {
  /** The owner's token, from the data folder or the command line. */
  readonly token: string;
  readonly sessions: Sessions;
  readonly tokens: NamedTokens;
  readonly clock: Clock;
}

/**
 * Who may call: the holder of the owner's token or of a named one, or a browser window that exchanged a one-time code
 * for a session.
 */
export class Access {
  private readonly token: Buffer;
  private readonly sessions: Sessions;
  private readonly tokens: NamedTokens;
  private readonly clock: Clock;
  private readonly codes = new Map<string, number>();

  constructor({ token, sessions, tokens, clock }: AccessParts) {
    this.token = digest(token);
    this.sessions = sessions;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** @returns a code for one window, good for 60 s */
  makeCode(): string {
    const code = randomBytes(16).toString('base64url');
    this.codes.set(code, this.clock.now() + codeLifetimeMs);
    return code;
  }

  /** @returns a session token, or null when the code is unknown, used or too old */
  exchange(code: string): string | null {
    const expires = this.codes.get(code);
    this.codes.delete(code);
    if (expires === undefined || expires < this.clock.now()) return null;
    return this.sessions.create();
  }

  /** `api` for a token, `user` for a window's session, null for anything else. */
  identify(bearer: string | null): 'api' | 'user' | null {
    if (bearer === null || bearer === '') return null;
    if (this.isOwners(bearer)) return 'api';
    if (this.sessions.isValid(bearer)) return 'user';
    return this.tokens.use(bearer) ? 'api' : null;
  }

  /** A named token opens no window: what the window could do would outlive the token. */
  mayOpenWindows(bearer: string): boolean {
    return this.isOwners(bearer) || this.sessions.isValid(bearer);
  }

  private isOwners(bearer: string): boolean {
    return timingSafeEqual(digest(bearer), this.token);
  }
}
