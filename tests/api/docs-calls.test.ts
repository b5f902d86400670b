import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isContractProcedure } from '@orpc/contract';
import { isObject } from '../../hosts/http/openapi/json-object.ts';
import { contract } from '../../src/shared/contract/index.ts';
import { type RunningServer, testToken } from '../support/start-server.ts';
import { useServers } from '../support/use-servers.ts';
import { waitUntil } from '../support/wait-until.ts';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/api.md'), 'utf8');

interface DocumentedCall {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** The curl lines of the page: what a shell would make of them, as far as they use it. */
function documentedCalls(): DocumentedCall[] {
  const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split(/^(?=curl )/m));
  return lines
    .filter((line) => line.startsWith('curl '))
    .map((line) => ({
      method: / -X (\w+)/.exec(line)?.[1] ?? 'GET',
      path: /\$URL(\/[^\s"]+)/.exec(line)?.[1] ?? '',
      headers: [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(
        ([, name = '', value = '']) => [name, value] as const,
      ),
      // A variable in a body stands outside the quotes: '{"id": "'$CONTACT'"}'.
      body: / -d '((?:[^']|'\$[A-Z]+')*)'/.exec(line)?.[1]?.replaceAll("'", '') ?? null,
    }));
}

const calls = documentedCalls();
const servers = useServers();
let server: RunningServer;

/** What the page says each name stands for. */
const names = new Map<string, string>([['TOKEN', testToken]]);

const filled = (text: string): string =>
  text.replaceAll(/\$([A-Z]+)/g, (whole, name: string) => names.get(name) ?? whole);

function remember(answer: unknown): void {
  if (!isObject(answer)) return;
  const [first] = Array.isArray(answer['items']) ? (answer['items'] as unknown[]) : [];
  const learn = (name: string, value: unknown): void => {
    if (typeof value === 'string') names.set(name, value);
  };
  if (answer['trigger_type'] === 'manual') learn('WORKFLOW', answer['id']);
  if (typeof answer['hook_key'] === 'string' && 'actions' in answer) {
    learn('HOOKED', answer['id']);
    learn('KEY', answer['hook_key']);
  }
  if ('first_name' in answer) learn('CONTACT', answer['id']);
  if ('is_pinned' in answer) learn('VIEW', answer['id']);
  if ('stages' in answer) learn('PIPELINE', answer['id']);
  learn('EXECUTION', answer['execution_id']);
  if (isObject(first) && 'urgency' in first) learn('NOTIFICATION', first['id']);
}

beforeAll(async () => {
  server = await servers.start();
});

describe('docs/api.md', () => {
  it('has a call for each resource of the contract', () => {
    const resources = new Set<string>();
    const collect = (node: unknown): void => {
      if (isContractProcedure(node)) {
        const [, resource] = node['~orpc'].route.path?.split('/') ?? [];
        // Only for an empty file, which the page's is not.
        if (resource !== undefined && resource !== 'sample_data') resources.add(resource);
      } else if (isObject(node)) {
        for (const part of Object.values(node)) collect(part);
      }
    };
    collect(contract);
    const called = new Set(calls.map(({ path }) => path.split(/[/?]/)[2]));
    for (const resource of [...resources, 'hooks']) expect(called, resource).toContain(resource);
  });

  it.each(calls)('$method $path', async ({ method, path, headers, body }) => {
    const made = filled(path);
    expect(made).not.toContain('$');
    if (made.includes('/notifications?')) {
      const unread = async () => (await server.api.notifications('?state=unread')).items;
      await waitUntil('the notification', async () => (await unread()).length > 0);
    }
    const answer = await fetch(server.url + made, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, filled(value)]),
      ...(body === null ? {} : { body: filled(body) }),
    });
    const text = await answer.text();
    expect(answer.status, text).toBeGreaterThanOrEqual(200);
    expect(answer.status, text).toBeLessThan(300);
    remember(JSON.parse(text));
  });

  it('does with its hook what it says', async () => {
    await waitUntil('the run', async () => {
      const { items } = await server.api.executions(names.get('HOOKED') ?? '');
      return items.some(({ status }) => status === 'succeeded');
    });
    const { items } = await server.api.list('activities', '?q=offer');
    expect(items.map(({ title }) => title)).toEqual(['Call Bea Vogel about an offer']);
  });
});
