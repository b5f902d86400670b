import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly json: unknown;
}

/** @returns null until the head and, by its Content-Length, the body are complete */
function readAnswer(text: string): RawAnswer | null {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = text.slice(0, end);
  const body = text.slice(end + 4);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  const chunked = /^transfer-encoding: *chunked/im.test(head);
  if (length !== undefined && Buffer.byteLength(body) < Number(length)) return null;
  if (chunked && !body.endsWith('0\r\n\r\n')) return null;
  const json = /\{.*\}/s.exec(body)?.[0];
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    head,
    json: json === undefined ? null : JSON.parse(json),
  };
}

/**
 * Sends bytes as they stand and resolves with the answer, also when it comes before everything was sent.
 *
 * @param parts sent one after the other; the connection stays open after the last
 * @throws Error when the connection ends without a whole answer
 */
export async function sendRaw(
  port: number,
  parts: Iterable<string | Uint8Array>,
): Promise<RawAnswer> {
  return await new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const left = parts[Symbol.iterator]();
    const sendOn = (): void => {
      // What was answered is destroyed, and a destroyed socket takes nothing more.
      while (!socket.destroyed) {
        const next = left.next();
        if (next.done === true) return;
        if (!socket.write(next.value)) {
          socket.once('drain', sendOn);
          return;
        }
      }
    };
    socket.once('connect', sendOn);
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
      const answer = readAnswer(received);
      if (!answer) return;
      resolve(answer);
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`No whole answer came: "${received}"`)));
  });
}
