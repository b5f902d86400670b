import type { WebhookContent } from '../../../shared/contract/deliveries.ts';
import {
  headerFault,
  readBoolean,
  urlFault,
} from '../../../shared/workflow/check-external-config.ts';
import type { webhook } from '../../../shared/workflow/actions/webhook.ts';
import { insertDelivery } from '../../delivery/delivery-store.ts';
import { type ActionImplementation, completed, failed } from './action.ts';
import { takeUpDelivery } from './take-up-delivery.ts';

type Body = { readonly text: string | null; readonly type: string | null };

/** The request is rendered once and committed with the run; the sender carries it out from its row. */
export const webhookAction: ActionImplementation<typeof webhook> = {
  execute(context, config) {
    const takenUp = takeUpDelivery(context);
    if (takenUp) return takenUp;
    const { unit, workflow, execution_id, step_id, subject } = context;
    const url = config.url.trim();
    const wrongUrl = urlFault(url);
    if (wrongUrl !== null) return failed(wrongUrl);
    const given = config.headers ?? {};
    for (const [name, value] of Object.entries(given)) {
      const wrong = headerFault(name) ?? valueFault(name, value);
      if (wrong !== null) return failed(wrong);
    }
    const method = config.method ?? 'POST';
    const body = method === 'GET' ? noBody : readBody(config.body, config.body_type);
    if ('fault' in body) return failed(body.fault);
    const content: WebhookContent = {
      method,
      url,
      headers: withType(given, body.type),
      secret_headers: { ...config.secret_headers },
      sign_with: config.sign_with ?? null,
      body: body.text,
    };
    const id = unit.ids.next();
    const awaited = readBoolean(config.wait) !== false;
    insertDelivery(unit, {
      id,
      what: { kind: 'webhook', content },
      lane: new URL(url).host,
      workflow_id: workflow.id,
      execution_id,
      step_id,
      record: subject,
      awaited,
      due_at: unit.nowText,
    });
    return awaited
      ? { kind: 'wait_for', delivery_id: id, warnings: [] }
      : completed({ delivery_id: id });
  },
};

const noBody: Body = { text: null, type: null };

/** A header whose value held a line break would be two. */
function valueFault(name: string, value: string): string | null {
  return /[\r\n\0]/.test(value) ? `The header ${name} holds a line break. Take it out.` : null;
}

function withType(
  headers: Readonly<Record<string, string>>,
  type: string | null,
): Record<string, string> {
  const isGiven = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return type === null || isGiven ? { ...headers } : { 'Content-Type': type, ...headers };
}

/** An object is sent as JSON, a text as it is, unless the step says how. */
function readBody(value: unknown, type: string | undefined): Body | { readonly fault: string } {
  if (value === undefined || value === null) return noBody;
  switch (type) {
    case 'form':
      return formBody(value);
    case 'text':
      return { text: textOf(value), type: 'text/plain; charset=utf-8' };
    case 'json':
      if (typeof value !== 'string' || isJson(value)) return jsonBody(value);
      return {
        fault:
          'body is not JSON once its variables are filled in. Give an object in place of a text, so that quotes in a value do no harm.',
      };
    default:
      if (typeof value !== 'string' || isJson(value)) return jsonBody(value);
      return { text: value, type: 'text/plain; charset=utf-8' };
  }
}

function jsonBody(value: unknown): Body {
  return { text: textOf(value), type: 'application/json' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function formBody(value: unknown): Body | { readonly fault: string } {
  const type = 'application/x-www-form-urlencoded';
  if (typeof value === 'string') return { text: value, type };
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { fault: 'body must be an object such as {"To": "+49…"} to be sent as a form.' };
  const entries = Object.entries(value).map(([key, part]): [string, string] => [key, textOf(part)]);
  return { text: new URLSearchParams(entries).toString(), type };
}
