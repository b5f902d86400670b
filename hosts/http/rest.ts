import { isContractProcedure } from '@orpc/contract';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { contract } from '../../src/shared/contract/index.ts';
import type { Core } from '../../src/main/create-core.ts';
import { errorKindOfStatus } from '../../src/shared/model/error-kind.ts';
import { deepestJson, isTooDeep } from '../../src/shared/model/json-depth.ts';
import { HttpError } from './http-error.ts';

interface RestRoute {
  readonly method: string;
  readonly pattern: RegExp;
  /** Names in its path, such as `id`. */
  readonly parameters: readonly string[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The procedures that have a path, and so are REST. */
function restRoutes(node: unknown): RestRoute[] {
  if (isContractProcedure(node)) {
    const { path, method } = node['~orpc'].route;
    if (path === undefined) return [];
    const pattern = new RegExp(`^/api${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
    const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    return [{ method: method ?? 'POST', pattern, parameters }];
  }
  return isRecord(node) ? Object.values(node).flatMap(restRoutes) : [];
}

const noBodyMethods = new Set(['GET', 'HEAD', 'DELETE']);

/** REST over the router: the statuses and error bodies of `docs/architecture.md`. */
export class Rest {
  private readonly routes = restRoutes(contract);
  private readonly handler: OpenAPIHandler<{ actor: { kind: 'user' | 'api' } }>;

  constructor(core: Pick<Core, 'router'>) {
    this.handler = new OpenAPIHandler(core.router, {
      filter: ({ contract: procedure }) => procedure['~orpc'].route.path !== undefined,
      customErrorResponseBodyEncoder: ({ code, status, message, data }) => ({
        code: code === code.toUpperCase() ? code.toLowerCase() : code,
        kind: errorKindOfStatus(status),
        message,
        ...(isRecord(data) ? data : {}),
      }),
    });
  }

  /** @throws HttpError 404 or 405 when nothing answers at this path by this method */
  refuseUnknownRoute(method: string, path: string): void {
    const here = this.routes.filter((route) => route.pattern.test(path));
    if (here.length === 0) {
      throw new HttpError(404, 'not_found', `There is nothing at ${path}.`);
    }
    if (!here.some((route) => route.method === method)) {
      const allowed = here.map((route) => route.method).join(', ');
      throw new HttpError(
        405,
        'method_not_allowed',
        `${path} does not answer ${method}. Use ${allowed}.`,
        { allow: allowed },
      );
    }
  }

  /**
   * The handler lets the path win over a key of the same name, and reads a query only with GET. What it would pass
   * over in silence is refused.
   *
   * @throws HttpError 400 for such a key in the query, 422 for one in the body
   */
  refuseStrayKeys(method: string, url: URL, json: string | null): void {
    const route = this.routes.find(
      (known) => known.method === method && known.pattern.test(url.pathname),
    );
    const parameters = route?.parameters ?? [];
    const inQuery = [...url.searchParams.keys()].find(
      (key) => method !== 'GET' || parameters.includes(key),
    );
    if (inQuery !== undefined) {
      const message = `Unknown key "${inQuery}" in the query. Leave it out.`;
      throw new HttpError(400, 'bad_request', message, {}, inQuery);
    }
    const body: unknown = json === null || parameters.length === 0 ? null : JSON.parse(json);
    const inBody = isRecord(body) ? parameters.find((key) => Object.hasOwn(body, key)) : undefined;
    if (inBody !== undefined) {
      const message = `Unknown or read-only key "${inBody}". Leave it out.`;
      throw new HttpError(422, 'validation_failed', message, {}, inBody);
    }
  }

  /** @throws HttpError 415 or 400 when the body is no JSON object */
  static readJson(method: string, contentType: string | undefined, body: Buffer): string | null {
    if (noBodyMethods.has(method) || body.length === 0) return null;
    const type = contentType?.split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json') {
      throw new HttpError(
        415,
        'unsupported_media_type',
        `Send the body with Content-Type: application/json, not ${type ?? 'none'}.`,
      );
    }
    const text = decodeUtf8(body);
    const value = parseJson(text);
    if (isTooDeep(value)) {
      throw new HttpError(
        422,
        'validation_failed',
        `The body is nested deeper than ${deepestJson} levels. Send less in one request.`,
      );
    }
    if (!isRecord(value) || Array.isArray(value)) {
      throw new HttpError(
        422,
        'validation_failed',
        'The body must be a JSON object such as {"title": "New deal"}.',
      );
    }
    return text;
  }

  async handle(request: Request, actor: 'user' | 'api'): Promise<Response> {
    const { matched, response } = await this.handler.handle(request, {
      prefix: '/api',
      context: { actor: { kind: actor } },
    });
    if (!matched) throw new HttpError(404, 'not_found', 'There is nothing at this path.');
    return response;
  }
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new HttpError(400, 'bad_request', 'The body is not UTF-8 text.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HttpError(400, 'bad_request', `The body is not JSON: ${reason}.`);
  }
}
