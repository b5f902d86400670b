import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';
import { createTestCore, type TestCore } from '../../tests/support/test-core.ts';
import { Access, readOrMakeToken } from './access.ts';

const noTokens = { use: () => false };

const accessTo = (token: string, { core, clock }: TestCore): Access =>
  new Access({ token, sessions: core.sessions, tokens: core.tokens, clock });

describe('the token', () => {
  test('is made once, long, and for its owner alone', () => {
    const folder = temporaryFolder();
    const token = readOrMakeToken(folder);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(readOrMakeToken(folder)).toBe(token);
    const path = join(folder, 'token');
    expect(readFileSync(path, 'utf8')).toBe(`${token}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readOrMakeToken(temporaryFolder())).not.toBe(token);
  });

  test('may be written by hand; an empty file gets a new one', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'token'), '  by-hand \n');
    expect(readOrMakeToken(folder)).toBe('by-hand');
    writeFileSync(join(folder, 'token'), ' \n');
    expect(readOrMakeToken(folder)).toMatch(/^[\w-]{43}$/);
  });
});

describe('access', () => {
  function setUp() {
    const clock = new FakeClock();
    const sessions = new Set<string>();
    const store = {
      create: () => {
        const token = `session-${sessions.size + 1}`;
        sessions.add(token);
        return token;
      },
      isValid: (token: string) => sessions.has(token),
    };
    return {
      access: new Access({ token: 'secret', sessions: store, tokens: noTokens, clock }),
      clock,
    };
  }

  test('tells the holder of the token from a window and from anybody else', () => {
    const { access } = setUp();
    const session = access.exchange(access.makeCode());
    expect(access.identify('secret')).toBe('api');
    expect(access.identify(session)).toBe('user');
    for (const bearer of [null, '', 'Secret', 'secret ', 'secre', 'session-2', 'x'.repeat(10_000)])
      expect(access.identify(bearer)).toBeNull();
  });

  test('a code opens one window, once', () => {
    const { access } = setUp();
    const [first, second] = [access.makeCode(), access.makeCode()];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(access.exchange(first)).toBe('session-1');
    expect(access.exchange(first)).toBeNull();
    expect(access.exchange(second)).toBe('session-2');
    for (const code of ['', 'nonsense', 'secret', 'constructor'])
      expect(access.exchange(code)).toBeNull();
    // A code is no token.
    expect(access.identify(access.makeCode())).toBeNull();
  });

  test('a code is good for 60 seconds', () => {
    const { access, clock } = setUp();
    const [early, late] = [access.makeCode(), access.makeCode()];
    clock.advance(60_000);
    expect(access.exchange(early)).not.toBeNull();
    clock.advance(1);
    expect(access.exchange(late)).toBeNull();
    clock.advance(-60_000);
    expect(access.exchange(late)).toBeNull();
  });

  test('sessions outlive a restart and cannot be read from the file', async () => {
    const dataDir = temporaryFolder();
    const first = createTestCore({ dataDir, source: 1 });
    const session = accessTo('secret', first).exchange('nonsense');
    expect(session).toBeNull();
    const access = accessTo('secret', first);
    const token = access.exchange(access.makeCode()) ?? '';
    const rows = first.outside.prepare('SELECT token_hash FROM sessions').pluck().all();
    expect(rows).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(rows).not.toContain(token);
    await first.core.stop();
    const second = createTestCore({ dataDir, source: 2 });
    const later = accessTo('other', second);
    expect(later.identify(token)).toBe('user');
    expect(later.identify('secret')).toBeNull();
  });
});
