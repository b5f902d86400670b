import { isDeepStrictEqual } from 'node:util';
import { type AnyContractProcedure, isContractProcedure } from '@orpc/contract';
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { contract } from '../../../src/shared/contract/index.ts';
import { errorResponses, errorSchema } from './error-responses.ts';
import { exampleOf, requestExamples } from './examples.ts';
import { hookPath } from './hook-path.ts';
import { isObject, type JsonObject } from './json-object.ts';

const description = `Everything the screens can do, as REST. Send a token as \`Authorization: Bearer TOKEN\`; bodies are
JSON objects of at most 1 MB. Lists are newest first, with \`limit\` (1 to 500, default 50) and \`cursor\`, the
\`next_cursor\` of the answer before. \`PATCH\` changes what it names, and \`null\` clears; \`DELETE\` puts into the bin.
A key that is not known is refused.`;

/** What one of a list is called, where cutting off an "s" does not do. */
const singular: Readonly<Record<string, string>> = { companies: 'company', activities: 'activity' };

const words = (name: string): string => name.replaceAll('_', ' ');

function nounOf(resource: string): string {
  return words(singular[resource] ?? resource.replace(/s$/, ''));
}

/** `Contact` for `contacts`. */
function componentName(resource: string): string {
  const noun = singular[resource] ?? resource.replace(/s$/, '');
  return noun.replaceAll(/(^|_)(\w)/g, (_whole, _gap, letter: string) => letter.toUpperCase());
}

/** For a procedure that brings no summary of its own. */
function summaryOf(operationId: string): string {
  const [resource = '', verb = ''] = operationId.split('.');
  const noun = nounOf(resource);
  const article = /^[aeiou]/.test(noun) ? 'an' : 'a';
  switch (verb) {
    case 'list':
      return `List ${words(resource)}`;
    case 'get':
      return `Read ${article} ${noun}`;
    case 'create':
      return `Create ${article} ${noun}`;
    case 'update':
      return `Change ${article} ${noun}`;
    case 'remove':
      return `Put ${article} ${noun} into the bin`;
    default: {
      const text = words(`${resource}: ${verb}`);
      return text.charAt(0).toUpperCase() + text.slice(1);
    }
  }
}

function isRest({ contract: procedure }: { readonly contract: unknown }): boolean {
  // Only a procedure with a path answers over REST; the others are for the screens.
  return isContractProcedure(procedure) && hasPath(procedure);
}

const hasPath = (procedure: AnyContractProcedure): boolean =>
  procedure['~orpc'].route.path !== undefined;

/**
 * The REST API as an OpenAPI 3.1 document, made from the contract: what is not in the contract is not in it.
 *
 * @param version of the application
 */
export async function describeApi(version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: { title: 'Trellis', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api', description: 'This computer' }],
    security: [{ token: [] }],
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A named token from Settings, or the one in the file "token".',
        },
      },
    },
    filter: isRest,
    customErrorResponseBodySchema: () => ({ $ref: '#/components/schemas/Error' }),
  });
  document.paths = { ...document.paths, '/hooks/{key}': hookPath };
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Error: errorSchema },
    responses: errorResponses,
  };
  nameResources(document);
  for (const [path, method, operation] of operationsOf(document)) {
    complete(document, path, method, operation);
  }
  document.tags = [...new Set(operationsOf(document).flatMap(([, , { tags = [] }]) => tags))].map(
    (name) => ({ name }),
  );
  return document;
}

const methods = ['get', 'post', 'patch', 'put', 'delete'] as const;

type Method = (typeof methods)[number];

export function operationsOf(
  document: OpenAPI.Document,
): [path: string, method: Method, operation: OpenAPI.OperationObject][] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method): [string, Method, OpenAPI.OperationObject][] => {
      const operation = item?.[method];
      return operation ? [[path, method, operation]] : [];
    }),
  );
}

/** Summary, tag, the refusals that every call may meet, and examples. */
function complete(
  document: OpenAPI.Document,
  path: string,
  method: Method,
  operation: OpenAPI.OperationObject,
): void {
  const id = operation.operationId ?? `${method} ${path}`;
  operation.summary ??= summaryOf(id);
  operation.tags = [path.split('/')[1] ?? 'api'];
  if (path === '/health') operation.security = [];
  const responses: JsonObject = { ...operation.responses };
  for (const [status, response] of Object.entries(responses)) {
    // What the generator wrote for an error is its bare schema.
    if (Number(status) >= 400) responses[status] = errorResponseAt(status) ?? response;
    if (status === '204') responses[status] = { description: 'Done; there is no body.' };
  }
  const isOpen = operation.security?.length === 0;
  for (const status of ['401', '421', ...(operation.requestBody ? ['413', '415'] : [])]) {
    if (status !== '401' || !isOpen) responses[status] ??= errorResponseAt(status);
  }
  operation.responses = responses as OpenAPI.ResponsesObject;
  for (const media of contentsOf(operation)) {
    if (media.example !== undefined || media.schema === undefined) continue;
    const given = media.isRequest ? requestExamples[id] : undefined;
    media.target['example'] = given ?? exampleOf(document, media.schema);
  }
}

function errorResponseAt(status: string): OpenAPI.ReferenceObject | undefined {
  return Object.hasOwn(errorResponses, status)
    ? { $ref: `#/components/responses/${status}` }
    : undefined;
}

interface Content {
  readonly isRequest: boolean;
  readonly schema: unknown;
  readonly example: unknown;
  readonly target: JsonObject;
}

function jsonOf(holder: unknown): JsonObject | null {
  const content = isObject(holder) ? holder['content'] : undefined;
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) ? media : null;
}

/** The JSON that goes in and that comes out. */
function contentsOf({ requestBody, responses = {} }: OpenAPI.OperationObject): Content[] {
  const holders: [boolean, unknown][] = [
    [true, requestBody],
    ...Object.values(responses).map((response): [boolean, unknown] => [false, response]),
  ];
  return holders.flatMap(([isRequest, holder]) => {
    const target = jsonOf(holder);
    if (!target) return [];
    return [{ isRequest, schema: target['schema'], example: target['example'], target }];
  });
}

/** What a resource looks like is said once, under its name, wherever it is answered. */
function nameResources(document: OpenAPI.Document): void {
  const named: [string, unknown][] = operationsOf(document).flatMap(([path, method, operation]) => {
    const [, resource = '', rest] = path.split('/');
    const content = jsonOf(operation.responses?.['200']);
    if (method !== 'get' || path.split('/').length > 3 || !content) return [];
    const item = rest === '{id}' ? content['schema'] : itemOf(content['schema']);
    return isObject(item) && item['type'] === 'object' ? [[componentName(resource), item]] : [];
  });
  for (const [name, schema] of named) {
    document.paths = withReference(document.paths ?? {}, schema, `#/components/schemas/${name}`);
    Object.assign(document.components?.schemas ?? {}, { [name]: schema });
  }
}

function itemOf(page: unknown): unknown {
  const properties = isObject(page) ? page['properties'] : undefined;
  const items = isObject(properties) ? properties['items'] : undefined;
  return isObject(items) ? items['items'] : undefined;
}

/** The value with every part that equals the schema replaced by a reference. */
function withReference<T>(value: T, schema: unknown, reference: string): T {
  const replaced: unknown = isDeepStrictEqual(value, schema)
    ? { $ref: reference }
    : Array.isArray(value)
      ? value.map((part: unknown) => withReference(part, schema, reference))
      : isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, part]) => [
              key,
              withReference(part, schema, reference),
            ]),
          )
        : value;
  // The same shape, but for what was equal to the schema.
  return replaced as T;
}
