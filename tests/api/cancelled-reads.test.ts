import { expect, it } from 'vitest';
import { useServers } from '../support/use-servers.ts';
import { testToken } from '../support/start-server.ts';
import { withFile } from '../support/data-file.ts';

const servers = useServers();

/** Enough, with as many questions to each row, for a scan that lasts longer than the calls beside it. */
const rows = 30_000;
const questions = 40;

const slow = new URLSearchParams({ limit: '50' });

it('a scan that nobody waits for is stopped, logged by nobody, and holds nobody up', async () => {
  const server = await servers.start();
  withFile(server.dataDir, (file) =>
    file.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      INSERT INTO contacts (id, first_name, owner_id, created_at, updated_at)
      SELECT 'c' || i, 'Ünï ' || i, (SELECT id FROM users), '2026', '2026' FROM n`),
  );
  const view = await server.api.expect<{ id: string }>(201, 'POST', '/api/views', {
    name: 'Nobody',
    object: 'contact',
    // Text that is not ASCII is compared by our own function, row by row.
    conditions: {
      combinator: 'or',
      rules: Array.from({ length: questions }, (_, index) => ({
        field: 'contact.first_name',
        operator: 'contains',
        value: `nothing ${index}`,
      })),
    },
  });
  const aborter = new AbortController();
  const scan = fetch(`${server.url}/api/views/${view.id}/records?${slow}`, {
    headers: { authorization: `Bearer ${testToken}` },
    signal: aborter.signal,
  });
  // Both the quick thread and the core answer while the scan goes on.
  expect((await server.api.call('GET', '/api/search?q=uni')).status).toBe(200);
  expect((await server.api.call('GET', '/api/contacts?limit=1')).status).toBe(200);
  aborter.abort();
  await expect(scan).rejects.toThrow();
  // The next scan on that thread is answered in full.
  const next = await server.api.call('GET', `/api/views/${view.id}/records?${slow}`);
  expect(next).toMatchObject({ status: 200, json: { items: [], next_cursor: null } });
  expect(server.log).not.toContain('Unexpected fault');
}, 60_000);
