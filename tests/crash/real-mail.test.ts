import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryFile, withFile } from '../support/data-file.ts';
import { OpenSmtpd } from '../support/opensmtpd.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { RunningServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

const kills = Number(process.env['TRELLIS_CRASH_KILLS'] ?? 6);
const seed = Number(process.env['TRELLIS_CRASH_SEED'] ?? 20_261_124);

/** A kill comes at most this long after a contact was made, in milliseconds: before, in and after its mail. */
const longestLifeMs = 250;

const servers = useServers();
let smtpd: OpenSmtpd;

beforeAll(async () => {
  smtpd = await OpenSmtpd.start();
});

afterAll(() => smtpd.stop());

/** An account on the real server, and no hold. */
async function prepare(server: RunningServer, port = smtpd.port): Promise<void> {
  withFile(server.dataDir, (file) =>
    file
      .prepare(
        "INSERT OR REPLACE INTO file_settings (key, value) VALUES ('mail_hold_seconds', '0')",
      )
      .run(),
  );
  const account = await server.api.call('POST', '/api/mail_accounts', {
    body: {
      name: 'Studio',
      from_name: 'Müller & Söhne',
      from_address: 'mila@studio.example',
      host: '127.0.0.1',
      port,
      security: 'none',
      rate_per_minute: 10_000,
    },
  });
  expect(account.status).toBe(201);
}

const mail = (subject: string, more: object = {}) => ({
  type: 'send_email',
  config: { to: '{{contact.email}}', subject, body: 'Guten Tag', ...more },
});

const later = { type: 'wait', config: { duration: '+1 second' } };

async function createWorkflow({ api }: RunningServer, actions: readonly object[]) {
  return await api.create('workflows', {
    name: 'Sequence',
    status: 'active',
    trigger_type: 'contact_created',
    actions,
  });
}

const anna = { first_name: 'Anna', email: 'anna@berg.example' };

function states(dataDir: string): Map<string, string> {
  const rows = queryFile<{ id: string; state: string }>(
    dataDir,
    'SELECT id, state FROM deliveries',
  );
  return new Map(rows.map(({ id, state }) => [`<${id}@studio.example>`, state]));
}

async function errorOfOnlyRun(server: RunningServer): Promise<string> {
  return await waitUntil('the run failed', () => {
    const [run] = queryFile<{ status: string; error_message: string }>(
      server.dataDir,
      "SELECT status, error_message FROM workflow_executions WHERE status = 'failed'",
    );
    return run?.error_message;
  });
}

describe('a real mail server', () => {
  it('gets a sequence of three exactly once each, over a kill between them', async () => {
    const dataDir = temporaryFolder();
    let server = await servers.start({ dataDir });
    await prepare(server);
    const file = await server.api.call('POST', '/api/attachments', {
      body: {
        file_name: 'Größe.bin',
        content_base64: Buffer.from([0, 1, 2, 255]).toString('base64'),
      },
    });
    const { id: attachment } = file.json as { id: string };
    await createWorkflow(server, [
      mail('Eins'),
      later,
      mail('Zwei'),
      later,
      mail('Grüße, 你好', {
        html: '<p>Hallo <b>{{contact.name}}</b></p>',
        attachments: [attachment],
      }),
    ]);
    await server.api.create('contacts', anna);
    await waitUntil('the first mail came', () => smtpd.mails().length === 1);
    await server.kill();

    server = await servers.start({ dataDir });
    await waitUntil('all three came', () => smtpd.mails().length === 3, { withinMs: 20_000 });
    await waitUntil('the run ended', () =>
      queryFile(dataDir, "SELECT 1 FROM workflow_executions WHERE status = 'succeeded'").at(0),
    );
    const sent = states(dataDir);
    expect([...sent.values()]).toEqual(['sent', 'sent', 'sent']);
    expect(smtpd.counts()).toEqual(new Map([...sent.keys()].map((id) => [id, 1])));
    const last = smtpd.mails().find((text) => text.includes('text/html')) ?? '';
    expect(last).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(last).toContain('text/plain');
    expect(last).toContain('<b>Anna</b>');
    expect(last).toContain('AAEC/w==');
  });

  it('gets no mail twice when the program is killed in the middle of one', async () => {
    const random = seededRandom(seed);
    const dataDir = temporaryFolder();
    const before = new Set(smtpd.counts().keys());
    let server = await servers.start({ dataDir });
    await prepare(server);
    await createWorkflow(server, [mail('Mitten drin')]);
    for (let kill = 0; kill < kills; kill += 1) {
      await server.api.create('contacts', anna);
      await new Promise((resolve) => {
        // The moment of the kill is what is random here: nothing is awaited by it.
        setTimeout(resolve, random() * longestLifeMs);
      });
      await server.kill();
      server = await servers.start({ dataDir });
    }
    await waitUntil('nothing is on its way', () => {
      const [open] = queryFile<{ count: number }>(
        dataDir,
        "SELECT count(*) AS count FROM deliveries WHERE state NOT IN ('sent', 'uncertain')",
      );
      return open?.count === 0;
    });
    const ends = states(dataDir);
    expect(ends.size).toBe(kills);
    const arrived = (id: string): number => smtpd.counts().get(id) ?? 0;
    await waitUntil('what was accepted is stored', () =>
      [...ends].every(([id, state]) => state !== 'sent' || arrived(id) > 0),
    );
    for (const [id, state] of ends) {
      expect(arrived(id), `${id} ${state}`).toBeLessThanOrEqual(1);
    }
    const parked = queryFile(dataDir, "SELECT 1 FROM workflow_executions WHERE status = 'parked'");
    const inDoubt = [...ends.values()].filter((state) => state === 'uncertain').length;
    expect(parked).toHaveLength(inDoubt);
    for (const id of smtpd.counts().keys()) expect(before.has(id) || ends.has(id)).toBe(true);
    console.info(`${kills} kills: ${ends.size} mails, none twice, ${inDoubt} parked with its mark`);
  });

  it('refuses a recipient: the run says so, and nothing is tried again', async () => {
    const server = await servers.start({ dataDir: temporaryFolder() });
    await prepare(server);
    await createWorkflow(server, [mail('Nobody')]);
    await server.api.create('contacts', { first_name: 'Uwe', email: 'uwe@nowhere.example' });
    expect(await errorOfOnlyRun(server)).toMatch(/^Step 1 send_email: 550 from 127\.0\.0\.1/);
  });

  it('that is dead is tried again', async () => {
    const server = await servers.start({ dataDir: temporaryFolder() });
    await prepare(server, 1);
    await createWorkflow(server, [mail('Later')]);
    await server.api.create('contacts', anna);
    const row = await waitUntil('one attempt was made', () =>
      queryFile<{ state: string; last_error: string; attempt: number }>(
        server.dataDir,
        "SELECT state, last_error, attempt FROM deliveries WHERE state = 'queued' AND attempt = 1",
      ).at(0),
    );
    expect(row.last_error).toBe('127.0.0.1 accepts no connection on port 1');
  });
});
