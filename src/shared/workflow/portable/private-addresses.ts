import { isPlainObject } from '../definition-findings.ts';

export interface WebhookAddress {
  /** `actions[2].config.url` */
  readonly path: string;
  readonly url: string;
}

const privateV4 = [
  /^0\./,
  /^10\./,
  /^127\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
];

/** Whether a host is this computer, its network, or a name only its network knows. */
function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[')) return isPrivateV6(name.slice(1, -1));
  if (/^[\d.]+$/.test(name)) return privateV4.some((range) => range.test(name));
  // One word, or an ending that no public name has.
  return !name.includes('.') || /\.(localhost|local|internal|lan|home|corp|home\.arpa)$/.test(name);
}

function isPrivateV6(address: string): boolean {
  if (address === '::' || address === '::1') return true;
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (mapped) {
    const [high, low] = [mapped[1], mapped[2]].map((part) => Number.parseInt(part ?? '0', 16));
    const octets = [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255];
    return isPrivateHost(octets.join('.'));
  }
  // fc00::/7 and fe80::/10
  return /^f[cd]/.test(address) || /^fe[89ab]/.test(address);
}

/**
 * Whether an address may lead to this computer or its network. One whose host is a variable may lead anywhere, so it
 * counts; a path or a query that is a variable does not.
 */
function mayBePrivate(url: string): boolean {
  const host = /^\s*[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;
  if (host.includes('{')) return true;
  const parsed = URL.parse(url.replaceAll(/\{\{.*?\}\}|\{%.*?%\}/gs, 'x'));
  return parsed === null ? false : isPrivateHost(parsed.hostname);
}

/** The addresses of webhook steps that stay on this computer or in its network, wherever the steps are in the tree. */
export function privateAddresses(actions: unknown, path = 'actions'): WebhookAddress[] {
  if (Array.isArray(actions)) {
    return actions.flatMap((one: unknown, index) => privateAddresses(one, `${path}[${index}]`));
  }
  if (!isPlainObject(actions)) return [];
  const { type, config } = actions;
  const url = type === 'webhook' && isPlainObject(config) ? config['url'] : undefined;
  const own =
    typeof url === 'string' && mayBePrivate(url) ? [{ path: `${path}.config.url`, url }] : [];
  const below = Object.entries(actions).flatMap(([key, value]) =>
    key === 'config' ? [] : privateAddresses(value, `${path}.${key}`),
  );
  return [...own, ...below];
}
