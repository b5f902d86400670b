import { createServer, request, Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../hosts/system-clock.ts';
import { Access } from '../../hosts/http/access.ts';
import { createHttpServer } from '../../hosts/http/http-server.ts';
import { compareInBlocks } from '../support/measure.ts';
import { type Measurement, rate } from '../support/report.ts';
import { dealInput, type ReferenceFiles } from '../support/reference-workflow.ts';

const blocks = 12;
const size = 100;
const token = 'token-of-the-bench';

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on a TCP port, so the address is an object.
  return (server.address() as AddressInfo).port;
}

/** One deal after the other over one connection that is kept open. */
function poster(port: number): (body: string) => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  return (body) =>
    new Promise((resolve, reject) => {
      const call = request(
        {
          agent,
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/api/deals',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      call.once('error', reject);
      call.end(body);
    });
}

/** `POST /api/deals` and its run, beside a bare server that writes the same rows and answers `201`. */
export async function overHttp(files: ReferenceFiles): Promise<Measurement[]> {
  const { core } = files.startEngine('FULL');
  const floor = files.openFloor('FULL');
  const server = createHttpServer({
    core,
    access: new Access({
      token,
      sessions: core.sessions,
      tokens: core.tokens,
      clock: systemClock,
    }),
    logger: { info: () => undefined, error: (line) => console.error(line) },
    rendererDir: import.meta.dirname,
    version: '0.0.0-bench',
  });
  const bare = createServer((incoming, answer) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const deal: unknown = JSON.parse(Buffer.concat(parts).toString());
      floor.run();
      answer.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(deal));
    });
  });
  const post = poster(await portOf(server));
  const postBare = poster(await portOf(bare));
  let deals = 0;
  const send = async (to: typeof post): Promise<void> => {
    deals += 1;
    const status = await to(JSON.stringify(dealInput(files, deals)));
    if (status !== 201) throw new Error(`A deal was answered with ${status}`);
  };
  const engineBlock = async (): Promise<void> => {
    for (let count = 0; count < size; count += 1) {
      await send(post);
      await core.idle();
    }
  };
  const floorBlock = async (): Promise<void> => {
    for (let count = 0; count < size; count += 1) await send(postBare);
  };
  const {
    engine,
    floor: least,
    ratio,
  } = await compareInBlocks(blocks, size, engineBlock, floorBlock);
  for (const one of [server, bare]) {
    one.close();
    one.closeAllConnections();
  }
  await core.stop();
  await floor.stop();
  return [
    {
      name: 'POST /api/deals and its run, FULL',
      engine: rate(engine),
      floor: rate(least),
      value: ratio,
      shown: ratio.toFixed(2),
      target: 'printed',
      ok: true,
    },
  ];
}
