import { Validator } from '@seriousme/openapi-schema-validator';
import { isContractProcedure } from '@orpc/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { contract } from '../../../src/shared/contract/index.ts';
import { describeApi, operationsOf } from './describe-api.ts';
import { docsPage } from './docs-page.ts';
import { isObject, type JsonObject } from './json-object.ts';

const document = await describeApi('1.2.3');
// What is served is its JSON: no undefined, no shared object.
const served = JSON.parse(JSON.stringify(document)) as JsonObject;

const ajv = new Ajv2020({ strict: false, allErrors: true });
// The types of the package describe its CommonJS export.
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
ajv.addSchema(served, 'api');

interface Example {
  readonly where: string;
  readonly example: unknown;
  readonly schema: JsonObject;
}

/** Every example beside its schema, wherever it stands. */
function examplesIn(value: unknown, where: string): Example[] {
  if (Array.isArray(value)) return value.flatMap((part, at) => examplesIn(part, `${where}/${at}`));
  if (!isObject(value)) return [];
  const { example, schema } = value;
  const own = example !== undefined && isObject(schema) ? [{ where, example, schema }] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, part]) => examplesIn(part, `${where}/${key}`)),
  ];
}

/** References are the document's, so they are told whose. */
function ofDocument(schema: JsonObject): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
  return JSON.parse(text) as JsonObject;
}

function pathsOf(node: unknown): string[] {
  if (isContractProcedure(node)) {
    const { path, method } = node['~orpc'].route;
    return path === undefined ? [] : [`${method ?? 'POST'} ${path}`];
  }
  return isObject(node) ? Object.values(node).flatMap(pathsOf) : [];
}

describe('the description of the API', () => {
  test('is OpenAPI 3.1 to a public validator', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(served));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('would not be if it were wrong', async () => {
    const wrong = { ...structuredClone(served), paths: { '/x': { get: { responses: 5 } } } };
    expect((await new Validator().validate(wrong)).valid).toBe(false);
  });

  test('has every call of the contract that has a path, the hooks, and no more', () => {
    const described = operationsOf(document).map(
      ([path, method]) => `${method.toUpperCase()} ${path}`,
    );
    expect(described.toSorted()).toEqual([...pathsOf(contract), 'POST /hooks/{key}'].toSorted());
  });

  const examples = examplesIn(served, '');

  test('has an example for every body that goes in or comes out', () => {
    const bodies = JSON.stringify(served).match(/"application\/json":/g) ?? [];
    expect(examples).toHaveLength(bodies.length);
  });

  test.each(examples)('its example fits: $where', ({ example, schema }) => {
    const check = ajv.compile(ofDocument(schema));
    expect(check(example), JSON.stringify(check.errors)).toBe(true);
  });

  test('says of each call what it does, who may call it, and what it is refused with', () => {
    for (const [path, method, operation] of operationsOf(document)) {
      const name = `${method} ${path}`;
      expect(operation.summary, name).toMatch(/^[A-Z]/);
      expect(operation.tags, name).toHaveLength(1);
      const open = path === '/health' || path === '/hooks/{key}';
      expect(operation.security, name).toEqual(open ? [] : undefined);
      if (!open) expect(operation.responses, name).toHaveProperty('401');
    }
  });

  test('names what records look like once', () => {
    const names = Object.keys(document.components?.schemas ?? {});
    expect(names).toEqual(
      expect.arrayContaining(['Contact', 'Company', 'Deal', 'Activity', 'Workflow', 'Execution']),
    );
    const list = JSON.stringify(document.paths?.['/contacts']?.get?.responses);
    expect(list).toContain('"#/components/schemas/Contact"');
  });
});

describe('the page about it', () => {
  const page = docsPage(document);

  test('has every call, and no script or address of another computer', () => {
    for (const [path] of operationsOf(document)) expect(page).toContain(`/api${path}</code>`);
    expect(page).not.toMatch(
      /<script|<link(?! rel="icon" href="data:,")|<img|https?:\/\/(?!127\.0\.0\.1)/,
    );
  });

  test('shows what is in the description as text', () => {
    const hostile = structuredClone(document);
    hostile.info = { ...hostile.info, version: '<script>1</script>' };
    expect(docsPage(hostile)).not.toContain('<script>');
  });
});
