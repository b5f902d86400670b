import { networkInterfaces } from 'node:os';

/** The code of a system or library error, or an empty text. */
export function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Whether this computer has any way out but to itself. */
function hasWayOut(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ internal }) => !internal),
  );
}

/** Whether a fault is this computer's own: it has no network. Then no attempt counts. */
export function isOffline(code: string): boolean {
  if (['ENETUNREACH', 'ENETDOWN', 'EAI_AGAIN'].includes(code)) return true;
  return ['ENOTFOUND', 'EHOSTUNREACH', 'EDNS'].includes(code) && !hasWayOut();
}

/** What the codes of TLS mean, for people. */
const tlsFaults: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'it is signed by an authority this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it is signed by an authority this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'it is signed by an authority this computer does not know',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it belongs to another name',
};

/** What went wrong on the way to a host, as part of a sentence in a run's error. */
export function describeNetworkError(error: unknown, host: string, port: number): string {
  const code = codeOf(error);
  const tls = tlsFaults[code];
  if (tls !== undefined) return `the certificate of ${host} is not trusted: ${tls}`;
  switch (code) {
    case 'ECONNREFUSED':
      return `${host} accepts no connection on port ${port}`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return `${host} broke the connection off`;
    case 'ENOTFOUND':
    case 'EDNS':
      return `there is no host "${host}"`;
    case 'EAI_AGAIN':
      return `the name of ${host} cannot be looked up`;
    case 'EPROTO':
      return `${host} does not speak TLS on port ${port}`;
    case 'ETIMEDOUT':
      return `${host} did not answer on port ${port} in time`;
    default: {
      const message = error instanceof Error ? error.message : String(error);
      return `${host}: ${(message.split('\n')[0] ?? '').slice(0, 200)}`;
    }
  }
}
