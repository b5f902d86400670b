// To be imported before a program: whatever that program reaches out for is told on standard error, one line each, so
// that a test sees what no port of its own would: another host, another port, a question to a name server.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** @param {string} what */
function tell(what) {
  process.stderr.write(`reaches out: ${what}\n`);
}

/** @param {unknown} host */
function tellQuestion(host) {
  // A number is no question: whoever listens on one asks nobody.
  if (net.isIP(String(host)) === 0) tell(`dns ${String(host)}`);
}

/**
 * @param {Record<string, any>} owner
 * @param {string} name of a function
 * @param {(args: any[]) => void} note
 */
function watch(owner, name, note) {
  const original = owner[name];
  owner[name] = function watched(/** @type {any[]} */ ...args) {
    note(args);
    return Reflect.apply(original, this, args);
  };
}

// Every TCP connection is one of these, those of TLS, HTTP and fetch too.
watch(net.Socket.prototype, 'connect', ([first]) => {
  const [options] = Array.isArray(first) ? first : [first];
  tell(`tcp ${options?.host ?? ''}:${options?.port ?? options?.path ?? options}`);
});
watch(dgram.Socket.prototype, 'send', () => tell('udp'));
watch(dgram.Socket.prototype, 'connect', () => tell('udp'));
for (const owner of [dns, dns.promises])
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveMx', 'resolveAny'])
    watch(owner, name, ([host]) => tellQuestion(host));
syncBuiltinESMExports();
