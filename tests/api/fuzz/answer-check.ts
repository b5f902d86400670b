import type { OpenAPI } from '@orpc/openapi';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isObject, type JsonObject } from '../../../hosts/http/openapi/json-object.ts';
import type { FuzzRequest } from './fuzz-request.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** What an answer holds beyond its description is a fault too, so its objects are closed. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isObject(value)) return value;
  const parts = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'example' ? part : closed(part)]),
  );
  return value['type'] === 'object' && isObject(value['properties'])
    ? { additionalProperties: false, ...parts }
    : parts;
}

/** Holds answers against the document. */
export class AnswerCheck {
  private readonly document: JsonObject;
  private readonly ajv = new Ajv2020({ strict: false });
  private readonly checks = new Map<string, ValidateFunction | null>();

  constructor(document: OpenAPI.Document) {
    this.document = closed(JSON.parse(JSON.stringify(document))) as JsonObject;
    // The types of the package describe its CommonJS export.
    (addFormats as unknown as (instance: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema(this.document, 'api');
  }

  /** @returns what is wrong with the answer, or null */
  fault({ operation, isAllowed }: FuzzRequest, answer: FuzzAnswer): string | null {
    const { status, text, contentType } = answer;
    if (status >= 500) return `status ${status}`;
    const open = operation !== null && ['/hooks/{key}', '/health'].includes(operation[0]);
    if (!isAllowed && !open && ![401, 403, 421].includes(status)) {
      return `${status} without a token, or for a stranger`;
    }
    if (status === 204) return text === '' ? null : 'a body with 204';
    if (!contentType.startsWith('application/json')) return `content type ${contentType}`;
    const json = parse(text);
    if (json === undefined) return 'no JSON';
    if (operation === null || status === 403 || status === 405) {
      return this.isError(json) ? null : 'not the shape of an error';
    }
    const check = this.checkOf(operation, status);
    if (check === null) return `status ${status}, which is not described`;
    return check(json) ? null : this.ajv.errorsText(check.errors);
  }

  private isError(json: unknown): boolean {
    const check = this.ajv.getSchema('api#/components/schemas/Error');
    return check?.(json) === true;
  }

  private checkOf([path, method]: readonly [string, string], status: number) {
    const name = `${method} ${path} ${status}`;
    const known = this.checks.get(name);
    if (known !== undefined) return known;
    const schema = this.schemaOf(path, method, status);
    const check = schema === null ? null : this.ajv.compile(schema);
    this.checks.set(name, check);
    return check;
  }

  private schemaOf(path: string, method: string, status: number): JsonObject | null {
    const response = this.at('paths', path, method, 'responses', String(status));
    if (!isObject(response)) return null;
    const known =
      '$ref' in response ? this.at('components', 'responses', String(status)) : response;
    const content = isObject(known) ? known['content'] : undefined;
    const media = isObject(content) ? content['application/json'] : undefined;
    if (!isObject(media)) return null;
    const text = JSON.stringify(media['schema']).replaceAll('"#/components', '"api#/components');
    return JSON.parse(text) as JsonObject;
  }

  private at(...keys: string[]): unknown {
    return keys.reduce<unknown>(
      (value, key) => (isObject(value) ? value[key] : undefined),
      this.document,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
