import type { Activity, Company, Contact, Deal } from '../../src/shared/model/fields/registry.ts';
import type { Execution, Workflow } from '../../src/shared/contract/workflows.ts';
import type { Notification } from '../../src/shared/contract/notifications.ts';
import type { Page } from '../../src/shared/contract/lists.ts';

export type { Activity, Company, Contact, Deal, Execution, Notification, Page, Workflow };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null when the body is no JSON. */
  readonly json: unknown;
}

export interface Call {
  /** Sent as JSON; a text as it stands. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What each path of the API answers with. */
interface Kinds {
  contacts: Contact;
  companies: Company;
  deals: Deal;
  activities: Activity;
  workflows: Workflow;
}

/** REST, as any script would call it. */
export class ApiClient {
  private readonly url: string;
  private readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** As {@link ApiClient.send}, the token added. */
  async call(method: string, path: string, call: Call = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, ...call.headers };
    return await this.send(method, path, { ...call, headers });
  }

  async send(method: string, path: string, { body, headers }: Call = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: readJson(text) };
  }

  /** @throws Error unless the answer has the status; it shows the answer */
  async expect<T>(status: number, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call(method, path, body === undefined ? {} : { body });
    if (answer.status !== status) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    }
    // The caller names the path, and with it what it answers.
    return answer.json as T;
  }

  async create<K extends keyof Kinds>(kind: K, body: unknown): Promise<Kinds[K]> {
    return await this.expect(201, 'POST', `/api/${kind}`, body);
  }

  async read<K extends keyof Kinds>(kind: K, id: string): Promise<Kinds[K]> {
    return await this.expect(200, 'GET', `/api/${kind}/${id}`);
  }

  async change<K extends keyof Kinds>(kind: K, id: string, body: unknown): Promise<Kinds[K]> {
    return await this.expect(200, 'PATCH', `/api/${kind}/${id}`, body);
  }

  async list<K extends keyof Kinds>(kind: K, query = ''): Promise<Page<Kinds[K]>> {
    return await this.expect(200, 'GET', `/api/${kind}${query}`);
  }

  async notifications(query = ''): Promise<Page<Notification>> {
    return await this.expect(200, 'GET', `/api/notifications${query}`);
  }

  /** Runs of a workflow, newest first. */
  async executions(workflowId: string, query = ''): Promise<Page<Execution>> {
    return await this.expect(200, 'GET', `/api/workflows/${workflowId}/executions${query}`);
  }

  /** @returns id of the run */
  async execute(workflowId: string, start?: unknown): Promise<string> {
    const path = `/api/workflows/${workflowId}/execute`;
    return (await this.expect<{ execution_id: string }>(202, 'POST', path, start)).execution_id;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
