import { request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeApi } from '../../hosts/http/openapi/describe-api.ts';
import { isObject } from '../../hosts/http/openapi/json-object.ts';
import { dumpFile, queryFile } from '../support/data-file.ts';
import { writeMeasured } from '../support/measured.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type RunningServer, testToken } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';
import { AnswerCheck, type FuzzAnswer } from './fuzz/answer-check.ts';
import { type FuzzRequest, FuzzRequests } from './fuzz/fuzz-request.ts';
import { Chance } from './fuzz/fuzz-values.ts';

const requestCount = Number(process.env['TRELLIS_FUZZ_REQUESTS'] ?? 2_000);
const seed = Number(process.env['TRELLIS_FUZZ_SEED'] ?? 20_261_124);

/** So many ids of a kind are kept, so that requests meet records old and new. */
const mostIds = 100;

/** Requests change, pause and delete what was prepared, so it is prepared again and again. */
const preparedEvery = 100;

const servers = useServers();
let server: RunningServer;

beforeAll(async () => {
  server = await servers.start();
});

function send({ method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { port: server.port, host: '127.0.0.1', method, path };
    const call = request({ ...options, headers: { ...headers, ...length } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          text,
        }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** What exists, by the first part of its path. */
class SeenIds {
  readonly known = new Map<string, string[]>();
  private readonly chance: Chance;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  collect(resource: string, value: unknown): void {
    if (!isObject(value)) return;
    for (const item of Array.isArray(value['items']) ? value['items'] : []) {
      this.collect(resource, item);
    }
    this.add(resource, value['id']);
    this.add('executions', value['execution_id']);
    this.add('hooks', value['hook_key']);
  }

  private add(resource: string, id: unknown): void {
    if (typeof id !== 'string') return;
    const ids = this.known.get(resource) ?? [];
    this.known.set(resource, ids);
    if (ids.length < mostIds) ids.push(id);
    else ids[this.chance.below(mostIds)] = id;
  }
}

/** One workflow to be started by hand and one by a call, which chance alone would hardly make. */
async function prepare(seen: SeenIds): Promise<void> {
  for (const trigger_type of ['manual', 'webhook_received']) {
    const actions = [{ type: 'wait', config: { duration: '+1 hour' } }];
    const input = { name: trigger_type, status: 'active', trigger_type, actions };
    seen.collect('workflows', await server.api.create('workflows', input));
  }
}

const shown = ({ method, path, headers, body }: FuzzRequest): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${String(body).slice(0, 2_000)}`;

describe(`${requestCount} requests made from the API's own description, seed ${seed}`, () => {
  it(
    'meet no fault of ours, no answer of another shape, and no way in without a token',
    async () => {
      const document = await describeApi('0');
      const chance = new Chance(seededRandom(seed));
      const requests = new FuzzRequests(document, chance);
      const check = new AnswerCheck(document);
      const seen = new SeenIds(chance);
      const faults: string[] = [];
      const statuses = new Map<number, number>();
      const operations = new Set<string>();
      for (let sent = 0; sent < requestCount; sent += 1) {
        if (sent % preparedEvery === 0) await prepare(seen);
        const next = requests.next(seen.known);
        const answer = await send(next);
        const fault = check.fault(next, answer);
        if (fault !== null) faults.push(`${fault}: ${shown(next)}\n→ ${answer.text.slice(0, 500)}`);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (next.operation) operations.add(next.operation.join(' '));
        if (answer.status < 300 && answer.text !== '')
          seen.collect(next.path.split(/[/?]/)[2] ?? '', JSON.parse(answer.text));
      }
      expect(faults.slice(0, 5), `${faults.length} faults`).toEqual([]);
      expect(server.log).not.toMatch(/Unexpected fault|A request failed/);
      // Chance must have led somewhere, or the run says nothing.
      for (const status of [200, 201, 202, 204, 400, 401, 404, 405, 409, 415, 421, 422]) {
        expect(statuses.get(status) ?? 0, `answers with ${status}`).toBeGreaterThan(0);
      }
      writeMeasured('api-fuzz', [
        `${requestCount} requests, seed ${seed}, over ${operations.size} calls: ${faults.length} faults.`,
        '',
        '| status | answers |',
        '| --- | ---: |',
        ...[...statuses]
          .toSorted(([a], [b]) => a - b)
          .map(([status, count]) => `| ${status} | ${count} |`),
      ]);
    },
    Math.max(60_000, requestCount * 40),
  );

  it('without a token, from another site or by another name change nothing in the file', async () => {
    await waitUntil(
      'the dispatch of every event',
      () =>
        queryFile(server.dataDir, 'SELECT 1 FROM events WHERE dispatched_at IS NULL').length === 0,
    );
    const before = dumpFile(server.dataDir);
    const document = await describeApi('0');
    const chance = new Chance(seededRandom(seed + 1));
    const requests = new FuzzRequests(document, chance);
    const refusals = [
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer ${testToken}`, origin: 'http://evil.example' },
      { authorization: `Bearer ${testToken}`, host: `evil.example:${server.port}` },
    ];
    for (let sent = 0; sent < 300; sent += 1) {
      const next = requests.next(new Map());
      const answer = await send({
        ...next,
        headers: { ...next.headers, ...chance.pick(refusals) },
      });
      // A hook and the health of the server need no token; a hook nobody has is not there.
      expect([200, 400, 401, 403, 404, 405, 413, 421], shown(next)).toContain(answer.status);
    }
    expect(dumpFile(server.dataDir)).toBe(before);
  });

  it('leave a server that works', async () => {
    await server.api.create('deals', { title: 'Still here' });
    expect((await server.api.send('GET', '/api/health')).status).toBe(200);
  });
});
