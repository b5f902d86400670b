import { readAddresses } from '../model/email-address.ts';
import type { ConfigField } from './actions/descriptor.ts';
import { isPlainObject } from './definition-findings.ts';
import { hasTemplate } from './template.ts';

/** Deeper than this is no body anybody wrote. */
const maximumDepth = 20;

/** RFC 9110: the characters of a header's name. */
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;

/** Headers that say how the message itself is carried, and so are ours to write. */
const ownHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'te',
]);

export interface ConfigFault {
  /** What is to be added to the field's path: `.X-Key` or `[2]`. */
  readonly at: string;
  readonly code: string;
  readonly message: string;
}

/** @returns why a text cannot name a header, or null */
export function headerFault(name: string): string | null {
  if (!headerName.test(name))
    return `"${name}" is no name of a header. Use letters, digits and "-", such as X-Source.`;
  if (ownHeaders.has(name.toLowerCase()))
    return `The header ${name} is written by Trellis. Leave it out.`;
  return null;
}

/** @returns why a text is no address on the web, or null */
export function urlFault(text: string): string | null {
  const url = URL.parse(text.trim());
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
    return `"${text}" is no web address. Write one such as https://example.com/hook.`;
  if (url.username !== '' || url.password !== '')
    return 'The address holds a password, which the history would show. Use a secret header.';
  return null;
}

/** Yes or no, also as people write it by SQL; null for anything else. */
export function readBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return null;
}

/** Every text in a value with the path to it. */
export function textsIn(value: unknown, at = '', depth = 0): { at: string; text: string }[] {
  if (typeof value === 'string') return [{ at, text: value }];
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    textsIn(part, Array.isArray(value) ? `${at}[${key}]` : `${at}.${key}`, depth + 1),
  );
}

/** What is wrong with a value of a step that leaves this computer; templates are checked elsewhere. */
export function externalFaults(field: ConfigField, value: unknown): ConfigFault[] {
  const fault = (code: string, message: string, at = ''): ConfigFault[] => [{ at, code, message }];
  switch (field.type) {
    case 'addresses': {
      if (typeof value !== 'string')
        return fault('wrong_type', `${field.name} must be text such as anna@example.com.`);
      const read = readAddresses(value);
      return 'fault' in read ? fault('wrong_type', `${field.name}: ${read.fault}.`) : [];
    }
    case 'url': {
      if (typeof value !== 'string') return fault('wrong_type', `${field.name} must be text.`);
      const message = urlFault(value);
      return message === null ? [] : fault('bad_url', message);
    }
    case 'boolean':
      return readBoolean(value) === null
        ? fault('wrong_type', `${field.name} must be true or false.`)
        : [];
    case 'text_map':
      return textMapFaults(field, value);
    case 'json':
      return depthOf(value) > maximumDepth
        ? fault('too_deep', `${field.name} may be nested ${maximumDepth} deep at most.`)
        : [];
    case 'attachments':
      return Array.isArray(value) && value.every((id) => typeof id === 'string')
        ? []
        : fault('wrong_type', `${field.name} must be a list of ids of attachments.`);
    default:
      return [];
  }
}

function textMapFaults(field: ConfigField, value: unknown): ConfigFault[] {
  if (!isPlainObject(value)) {
    const message = `${field.name} must be an object such as {"X-Source": "crm"}.`;
    return [{ at: '', code: 'wrong_type', message }];
  }
  return Object.entries(value).flatMap(([name, text]) => {
    const at = `.${name}`;
    const message = headerFault(name);
    if (message !== null) return [{ at, code: 'bad_header', message }];
    if (typeof text !== 'string')
      return [{ at, code: 'wrong_type', message: `${field.name}.${name} must be text.` }];
    if (!field.template && hasTemplate(text)) {
      const fixed = `${field.name}.${name} takes no variables. Name a secret.`;
      return [{ at, code: 'template_not_allowed', message: fixed }];
    }
    return [];
  });
}

function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return depth;
  return Math.max(depth, ...Object.values(value).map((part) => depthOf(part, depth + 1)));
}
