import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { queryFile, withFile } from '../support/data-file.ts';
import { writeMeasured } from '../support/measured.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { RunningServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

/** How often the server is killed and how many of each kind are queued; the long run sets 50 and 1,000. */
const kills = Number(process.env['TRELLIS_CRASH_KILLS'] ?? 5);
const queued = Number(process.env['TRELLIS_CRASH_DELIVERIES'] ?? 30);
const seed = Number(process.env['TRELLIS_CRASH_SEED'] ?? 20_261_125);

/** A kill comes at most this long after the server is ready, in milliseconds. */
const longestLifeMs = 900;

const servers = useServers();

/** A web server that notes which bodies came under which key; one call in ten is told to come again. */
async function webServer() {
  const bodies = new Map<string, Set<string>>();
  const accepted = new Map<string, number>();
  let calls = 0;
  const server = http.createServer((request, answer) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      calls += 1;
      const key = String(request.headers['idempotency-key']);
      bodies.set(key, (bodies.get(key) ?? new Set()).add(body));
      const isBusy = calls % 10 === 0;
      if (!isBusy) accepted.set(key, (accepted.get(key) ?? 0) + 1);
      answer.writeHead(isBusy ? 503 : 200).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, bodies, accepted };
}

/** A mail server that counts what it took, by Message-ID. */
async function mailServer() {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        const id = /^Message-ID: *(<[^>]+>)/im.exec(text)?.[1] ?? 'none';
        taken.set(id, (taken.get(id) ?? 0) + 1);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, taken };
}

async function queueAll(server: RunningServer, webPort: number, mailPort: number): Promise<void> {
  withFile(server.dataDir, (file) =>
    file
      .prepare(
        "INSERT OR REPLACE INTO file_settings (key, value) VALUES ('mail_hold_seconds', '0')",
      )
      .run(),
  );
  await server.api.call('POST', '/api/mail_accounts', {
    body: {
      name: 'Studio',
      from_address: 'mila@studio.example',
      host: '127.0.0.1',
      port: mailPort,
      security: 'none',
      rate_per_minute: 10_000,
    },
  });
  const body = { name: '{{contact.name}}' };
  await server.api.create('workflows', {
    name: 'Tells both',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [
      { type: 'webhook', config: { url: `http://127.0.0.1:${webPort}/`, body } },
      {
        type: 'send_email',
        config: { to: '{{contact.email}}', subject: 'Hello {{contact.name}}', body: 'Hi' },
      },
    ],
  });
  for (let count = 1; count <= queued; count += 1) {
    await server.api.create('contacts', { first_name: `C${count}`, email: `c${count}@x.example` });
  }
}

it(
  `${queued} webhooks and ${queued} mails over ${kills} kills: none lost, none doubled`,
  async () => {
    const random = seededRandom(seed);
    const web = await webServer();
    const mail = await mailServer();
    const dataDir = temporaryFolder();
    let server = await servers.start({ dataDir });
    await queueAll(server, web.port, mail.port);
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise((resolve) => {
        // The moment of the kill is what is random here: nothing is awaited by it.
        setTimeout(resolve, random() * longestLifeMs);
      });
      await server.kill();
      server = await servers.start({ dataDir });
    }
    await waitUntil(
      'every run came to its end',
      () =>
        queryFile(
          dataDir,
          "SELECT 1 FROM workflow_executions WHERE status NOT IN ('succeeded', 'parked') LIMIT 1",
        ).length === 0,
      { withinMs: 60_000 + queued * 200 },
    );

    const rows = queryFile<{ id: string; kind: string; state: string; run: string }>(
      dataDir,
      `SELECT d.id, d.kind, d.state, r.status AS run FROM deliveries d
         JOIN workflow_executions r ON r.id = d.execution_id`,
    );
    const webhooks = rows.filter(({ kind }) => kind === 'webhook');
    const mails = rows.filter(({ kind }) => kind === 'email');
    expect(webhooks).toHaveLength(queued);
    expect(mails).toHaveLength(queued);
    for (const { id, state } of webhooks) {
      expect(state).toBe('sent');
      expect(web.accepted.get(id) ?? 0).toBeGreaterThan(0);
    }
    expect(web.bodies.size).toBe(queued);
    for (const set of web.bodies.values()) expect(set.size).toBe(1);
    const doubled = mails.filter(({ id }) => (mail.taken.get(`<${id}@studio.example>`) ?? 0) > 1);
    expect(doubled).toEqual([]);
    for (const { id, state, run } of mails) {
      const came = mail.taken.get(`<${id}@studio.example>`) ?? 0;
      if (state === 'sent') expect(came).toBe(1);
      else expect({ state, run }).toEqual({ state: 'uncertain', run: 'parked' });
    }
    const again = [...web.accepted.values()].filter((count) => count > 1).length;
    const inDoubt = mails.filter(({ state }) => state === 'uncertain').length;
    writeMeasured('crash-deliveries', [
      '`SIGKILL` at random moments while the Outbox is sent; the web server tells one call in ten to come again.',
      '',
      '| kills | | queued | lost | doubled | |',
      '| ---: | --- | ---: | ---: | ---: | --- |',
      `| ${kills} | webhooks | ${queued} | 0 | 0 | ${again} arrived again, under their own key with their own body |`,
      `| | mails | ${queued} | 0 | 0 | ${inDoubt} parked with their mark: they may have been sent |`,
      '',
      `Seed ${seed}.`,
    ]);
  },
  120_000 + kills * 5_000 + queued * 500,
);
