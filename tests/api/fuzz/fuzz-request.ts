import type { OpenAPI } from '@orpc/openapi';
import { operationsOf } from '../../../hosts/http/openapi/describe-api.ts';
import { isObject } from '../../../hosts/http/openapi/json-object.ts';
import { testToken } from '../../support/start-server.ts';
import { type Chance, fuzzValue } from './fuzz-values.ts';

/** By the first part of the path. */
export type KnownIds = ReadonlyMap<string, readonly string[]>;

export interface FuzzRequest {
  /** Path of the operation in the document, or null when it is none of it. */
  readonly operation: readonly [path: string, method: string] | null;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
  /** Whether a token that opens the API is sent along. */
  readonly isAllowed: boolean;
}

const malformed = [
  '{',
  '[]',
  'null',
  '"x"',
  '{"a":1}x',
  '{"a":1,"a":2}',
  '\uFEFF{}',
  '{"title":"\\ud800"}',
];
const hugeBody = `{"title":"${'x'.repeat(1_100_000)}"}`;
const invalidUtf8 = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);

const noToken = [{}, { authorization: 'Bearer wrong' }, { authorization: `Basic ${testToken}` }];

const strangers = [
  { host: 'evil.example' },
  { host: 'localhost' },
  { origin: 'http://evil.example' },
  { origin: 'null' },
];

const paths = [
  '/api',
  '/api/',
  '/api//deals',
  '/api/deals/',
  '/api/deals/x/y',
  '/api/%2e%2e/token',
];

/** Requests made from the document: mostly such as it describes, and some that nothing describes. */
export class FuzzRequests {
  private readonly operations: ReturnType<typeof operationsOf>;
  private readonly chance: Chance;

  constructor(document: OpenAPI.Document, chance: Chance) {
    this.operations = operationsOf(document);
    this.chance = chance;
  }

  /** @param known ids of what exists, so that a good part of the requests meets something */
  next(known: KnownIds): FuzzRequest {
    const { chance } = this;
    const [path, method, operation] = chance.pick(this.operations);
    const own = known.get(path.split('/')[1] ?? '') ?? [];
    const ids = own.length > 0 && !chance.once(8) ? own : [...known.values()].flat();
    const all = [...known.values()].flat();
    const request: FuzzRequest = {
      operation: [path, method],
      method: method.toUpperCase(),
      path: `/api${this.fillPath(path, ids)}${this.query(operation, all)}`,
      ...this.body(operation, all),
      isAllowed: true,
    };
    if (chance.once(15)) {
      const given = chance.pick(noToken);
      const headers = { ...request.headers, authorization: '', ...given };
      return { ...request, headers, isAllowed: false };
    }
    if (chance.once(30)) {
      const headers = { ...request.headers, ...chance.pick(strangers) };
      return { ...request, headers, isAllowed: false };
    }
    if (chance.once(40)) {
      return {
        ...request,
        operation: null,
        method: chance.pick(['PUT', 'OPTIONS', 'TRACE']),
      };
    }
    if (chance.once(40)) return { ...request, operation: null, path: chance.pick(paths) };
    return request;
  }

  private fillPath(path: string, ids: readonly string[]): string {
    const { chance } = this;
    return path.replaceAll(/\{\w+\}/g, () => {
      if (ids.length > 0 && !chance.once(6)) return chance.pick(ids);
      const strange = ['x', '0', '..', "' OR 1=1 --", 'ü'.repeat(50), '\0', 'a/b', 'read'];
      return encodeURIComponent(chance.pick(strange));
    });
  }

  private query(operation: OpenAPI.OperationObject, ids: readonly string[]): string {
    const { chance } = this;
    const parameters = new URLSearchParams();
    for (const parameter of operation.parameters ?? []) {
      if (!('name' in parameter) || parameter.in !== 'query' || !chance.once(3)) continue;
      const value = fuzzValue(chance, parameter.schema, ids, parameter.name);
      // Far longer than a request line may be, it would only test Node.
      const text = (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 500);
      // A lone surrogate has no UTF-8, so it could not be sent as it is.
      parameters.append(parameter.name, /\p{Surrogate}/u.test(text) ? 'x' : text);
    }
    if (chance.once(30))
      parameters.append(chance.pick(['unknown', 'limit', '__proto__', 'id[]']), '1');
    const text = parameters.toString();
    return text === '' ? '' : `?${text}`;
  }

  private body(
    { requestBody }: OpenAPI.OperationObject,
    ids: readonly string[],
  ): Pick<FuzzRequest, 'headers' | 'body'> {
    const { chance } = this;
    const authorization = `Bearer ${testToken}`;
    const holder: unknown = requestBody;
    const content = isObject(holder) ? holder['content'] : undefined;
    const media = isObject(content) ? content['application/json'] : undefined;
    if (!isObject(media)) return { headers: { authorization }, body: undefined };
    const type = chance.once(25)
      ? chance.pick(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
      : 'application/json';
    const headers = { authorization, ...(type === '' ? {} : { 'content-type': type }) };
    if (chance.once(25)) return { headers, body: chance.pick(malformed) };
    if (chance.once(80)) return { headers, body: invalidUtf8 };
    if (chance.once(150)) return { headers, body: hugeBody };
    return { headers, body: JSON.stringify(fuzzValue(chance, media['schema'], ids)) };
  }
}
