import type { OpenAPI } from '@orpc/openapi';
import { operationsOf } from './describe-api.ts';
import { isObject, type JsonObject } from './json-object.ts';

function escape(value: unknown): string {
  return String(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Text with `code` in backticks. */
function inline(text: string): string {
  return escape(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

const json = (value: unknown): string => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;

const style = `
:root{color-scheme:light dark;--text:#17171c;--dim:#62626d;--line:#e9e9ee;--sunken:#f7f7f9;--page:#fff;--accent:#4f46e5}
@media(prefers-color-scheme:dark){:root{--text:#ededf0;--dim:#a0a0ab;--line:#26262b;--sunken:#18181b;--page:#111113;--accent:#a5b4fc}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:13px/1.5 system-ui,sans-serif}
.page{display:grid;grid-template-columns:200px minmax(0,760px);gap:48px;max-width:1060px;margin:0 auto;padding:32px 24px 96px}
nav{position:sticky;top:32px;align-self:start;display:flex;flex-direction:column;gap:4px}
nav a{color:var(--dim);text-decoration:none;padding:2px 0}
nav a:hover,a{color:var(--accent)}
h1{font-size:20px;font-weight:600;margin:0 0 8px}
h2{font-size:15px;font-weight:600;margin:40px 0 8px;padding-top:16px;border-top:1px solid var(--line)}
p{margin:0 0 12px}
.dim{color:var(--dim)}
details{border-bottom:1px solid var(--line)}
summary{display:flex;gap:12px;align-items:baseline;padding:8px 0;cursor:default;list-style:none}
summary::-webkit-details-marker{display:none}
summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.method{flex:none;width:52px;font-size:12px;font-weight:600;color:var(--accent)}
.path{flex:none;overflow-wrap:anywhere}
.words{color:var(--dim);flex:1;text-align:right}
.body{padding:0 0 16px 64px}
h3{font-size:12px;font-weight:600;margin:12px 0 4px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px}
pre{background:var(--sunken);border:1px solid var(--line);border-radius:6px;padding:10px 12px;margin:0;overflow-x:auto;max-height:360px}
table{border-collapse:collapse;width:100%}
td{padding:3px 12px 3px 0;vertical-align:top;border-bottom:1px solid var(--line);font-size:12px}
@media(max-width:820px){.page{grid-template-columns:minmax(0,1fr)}nav{position:static;flex-flow:row wrap;gap:12px}.words{display:none}.body{padding-left:0}}
`;

/** What a schema asks for, in a few words. */
function typeWords(schema: unknown): string {
  if (!isObject(schema)) return '';
  const { type, enum: choices, $ref, anyOf } = schema;
  if (Array.isArray(choices)) return choices.map(String).join(' | ');
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? '';
  if (Array.isArray(anyOf)) return anyOf.map(typeWords).join(' | ');
  return Array.isArray(type) ? type.join(' | ') : typeof type === 'string' ? type : 'anything';
}

function rowsOf(rows: readonly [name: string, type: string, note: string][]): string {
  if (rows.length === 0) return '';
  const cells = rows.map(
    ([name, type, note]) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(type)}</td><td class="dim">${escape(note)}</td></tr>`,
  );
  return `<table>${cells.join('')}</table>`;
}

function contentOf(holder: unknown): JsonObject | null {
  const content = isObject(holder) ? holder['content'] : undefined;
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) ? media : null;
}

function requestPart({ requestBody }: OpenAPI.OperationObject): string {
  const content = contentOf(requestBody);
  if (!content) return '';
  const schema = isObject(content['schema']) ? content['schema'] : {};
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const rows = Object.entries(properties).map(([name, part]): [string, string, string] => [
    name,
    typeWords(part),
    required.includes(name) ? 'required' : '',
  ]);
  return `<h3>Body</h3>${json(content['example'])}${rowsOf(rows)}`;
}

function operationPart(
  document: OpenAPI.Document,
  path: string,
  method: string,
  operation: OpenAPI.OperationObject,
): string {
  const parameters = (operation.parameters ?? []).flatMap(
    (parameter): [string, string, string][] =>
      'name' in parameter
        ? [[parameter.name, typeWords(parameter.schema), `in the ${parameter.in}`]]
        : [],
  );
  const responses = Object.entries(operation.responses ?? {});
  const answers = responses.map(([status, response]): [string, string, string] => {
    const known = isObject(response) && '$ref' in response ? errorAt(document, status) : response;
    const text = isObject(known) && 'description' in known ? String(known['description']) : '';
    return [status, text === status || text === 'OK' ? '' : text, ''];
  });
  const success = responses.find(([status]) => Number(status) < 300)?.[1];
  const example = contentOf(success)?.['example'];
  const parts = [
    operation.description ? `<p>${inline(operation.description)}</p>` : '',
    parameters.length > 0 ? `<h3>Parameters</h3>${rowsOf(parameters)}` : '',
    requestPart(operation),
    example === undefined ? '' : `<h3>Answer</h3>${json(example)}`,
    `<h3>Statuses</h3>${rowsOf(answers)}`,
  ];
  return `<details><summary><span class="method">${method.toUpperCase()}</span><code class="path">/api${escape(path)}</code><span class="words">${escape(operation.summary ?? '')}</span></summary><div class="body">${parts.join('')}</div></details>`;
}

function errorAt(document: OpenAPI.Document, status: string): unknown {
  return document.components?.responses?.[status];
}

/** The API for people to read: one page, without a script, from the same document that programs read. */
export function docsPage(document: OpenAPI.Document): string {
  const operations = operationsOf(document);
  const tags = (document.tags ?? []).map(({ name }) => name);
  const sections = tags.map((tag) => {
    const parts = operations
      .filter(([, , operation]) => operation.tags?.includes(tag))
      .map(([path, method, operation]) => operationPart(document, path, method, operation));
    return `<h2 id="${escape(tag)}">${escape(heading(tag))}</h2>${parts.join('')}`;
  });
  const links = tags.map((tag) => `<a href="#${escape(tag)}">${escape(heading(tag))}</a>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trellis API</title><link rel="icon" href="data:,"><style>${style}</style></head><body><div class="page"><nav aria-label="Resources">${links.join('')}</nav><main><h1>Trellis API</h1><p class="dim">Version ${escape(document.info.version)} · <a href="/api/openapi.json">openapi.json</a></p><p>${inline(document.info.description ?? '')}</p>${sections.join('')}</main></div></body></html>`;
}

function heading(tag: string): string {
  const text = tag.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
