import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HookMapping } from '../../../shared/workflow/hook-mapping.ts';
import { textAt } from '../../../shared/workflow/hook-mapping.ts';
import { isPlainObject } from '../../../shared/workflow/definition-findings.ts';
import { type TriggerConfig, triggersOf } from '../../../shared/workflow/definition.ts';
import { recordInputSchema } from '../../../shared/model/fields/schemas.ts';
import { deepestJson, isTooDeep } from '../../../shared/model/json-depth.ts';
import type { Contact } from '../../../shared/model/fields/registry.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import { createRecord, findRecord } from '../../crm/records/record-store.ts';
import type { Committer, UnitOfWork } from '../../db/unit-of-work.ts';
import { UserError } from '../../errors.ts';
import { runnableDefinition } from '../../workflow/workflow-service.ts';
import { findHookKey, insertHookCall, isReplay, rememberIdempotencyKey } from './hook-store.ts';

/** So much of a body is kept in the log, in characters. */
const keptBody = 16_384;

/** How far the clock of a sender who signs may be from ours, in milliseconds. */
const signatureWindowMs = 300_000;

const longestIdempotencyKey = 255;

/** Headers that open other doors are neither logged nor shown to templates. */
const privateHeaders = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** A call as it came in. */
export interface IncomingHook {
  readonly key: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when it was larger than the server takes. */
  readonly body: Uint8Array | null;
}

export type HookAnswer =
  | { readonly status: 202; readonly event_id: string; readonly contact_id: string | null }
  | {
      readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422;
      readonly code: string;
      readonly message: string;
      readonly field?: string;
    };

type RefusedStatus = Exclude<HookAnswer['status'], 202>;

/** A call that is not taken, with the status its sender gets. */
class Refusal extends Error {
  readonly status: RefusedStatus;
  readonly code: string;
  readonly field: string | undefined;

  constructor(status: RefusedStatus, code: string, message: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

const statusOf = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  validation_failed: 422,
} as const satisfies Record<UserError['code'], RefusedStatus>;

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof UserError) {
    return new Refusal(statusOf[error.code], error.code, error.message, error.field);
  }
  throw error;
}

/**
 * Takes a call of a workflow's address: finds or makes the contact it tells of, and writes the event. Refused or taken,
 * it is kept in the workflow's log, in the same transaction. A key that never was anybody's is not logged.
 */
export function receiveHook(committer: Committer, call: IncomingHook): HookAnswer {
  return committer.commit({ kind: 'api' }, (unit) => {
    const owner = findHookKey(unit.db, call.key);
    if (!owner) return answerOf(new Refusal(404, 'not_found', 'There is no hook with this key.'));
    const headers = Object.fromEntries(
      Object.entries(call.headers).filter(([name]) => !privateHeaders.has(name)),
    );
    const kept = {
      workflow_id: owner.workflow_id,
      headers,
      body: call.body === null ? '' : new TextDecoder().decode(call.body).slice(0, keptBody),
    };
    try {
      const taken = unit.attempt(() => accept(unit, { ...call, headers }, owner));
      insertHookCall(unit, { ...kept, ...taken, status: 202, reason: null });
      return { status: 202 as const, ...taken };
    } catch (error) {
      const refusal = toRefusal(error);
      insertHookCall(unit, {
        ...kept,
        status: refusal.status,
        reason: refusal.message,
        contact_id: null,
        event_id: null,
      });
      return answerOf(refusal);
    }
  });
}

function answerOf({ status, code, message, field }: Refusal): HookAnswer {
  return { status, code, message, ...(field === undefined ? {} : { field }) };
}

type Owner = NonNullable<ReturnType<typeof findHookKey>>;

function accept(
  unit: UnitOfWork,
  call: IncomingHook,
  owner: Owner,
): { event_id: string; contact_id: string | null } {
  const { workflow_id: workflowId } = owner;
  if (owner.retired_at !== null) {
    throw new Refusal(
      404,
      'not_found',
      'This address was replaced by a new one. Copy the new address from the workflow.',
    );
  }
  const definition = runnableDefinition(unit.db, workflowId);
  const triggers = triggersOf(definition);
  const triggerIndex = triggers.findIndex(({ type }) => type === 'webhook_received');
  const trigger = triggers[triggerIndex];
  if (!trigger) {
    throw new Refusal(409, 'conflict', 'This workflow does not wait for a webhook any more.');
  }
  const { config } = trigger;
  const { body } = call;
  if (body === null) {
    throw new Refusal(413, 'payload_too_large', 'The body is larger than 1 MB. Send less.');
  }
  if (config.require_signature === true) checkSignature(unit.now, call.headers, body, owner);
  const payload = readPayload(call.headers['content-type'], body);
  const idempotencyKey = call.headers['idempotency-key']?.trim() ?? '';
  if (idempotencyKey.length > longestIdempotencyKey) {
    throw new Refusal(
      400,
      'bad_request',
      `The Idempotency-Key may have at most ${longestIdempotencyKey} characters.`,
    );
  }
  if (idempotencyKey !== '') {
    if (isReplay(unit, workflowId, idempotencyKey)) {
      throw new Refusal(
        409,
        'conflict',
        'A call with this Idempotency-Key was taken within the last 24 hours. Send another call with another key.',
      );
    }
    rememberIdempotencyKey(unit, workflowId, idempotencyKey);
  }
  const contact = contactOf(unit, payload, config);
  const eventId = unit.emit({
    type: 'webhook_received',
    object: contact ? 'contact' : null,
    record_id: contact?.id ?? null,
    data: {
      keys: contact ? recordKinds.contact.eventKeys(contact) : {},
      target: { workflow_id: workflowId, trigger_index: triggerIndex },
      changes: {},
      body: payload,
      headers: call.headers,
    },
  });
  return { event_id: eventId, contact_id: contact?.id ?? null };
}

/** `X-Trellis-Signature: sha256=HEX`, the HMAC of `TIMESTAMP.BODY`, with `X-Trellis-Timestamp` in seconds. */
function checkSignature(
  now: number,
  headers: IncomingHook['headers'],
  body: Uint8Array,
  { signing_secret: secret }: Owner,
): void {
  const timestamp = headers['x-trellis-timestamp'] ?? '';
  const given = headers['x-trellis-signature'] ?? '';
  if (timestamp === '' || given === '') {
    throw new Refusal(
      401,
      'unauthorized',
      'This address asks for a signature. Send X-Trellis-Timestamp and X-Trellis-Signature.',
    );
  }
  const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN;
  // Not a number is not within any window either.
  if (!(Math.abs(now - at) <= signatureWindowMs)) {
    throw new Refusal(
      401,
      'unauthorized',
      'X-Trellis-Timestamp must be the present time in seconds since 1970, at most 5 minutes off.',
    );
  }
  const wanted = `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
  const same =
    given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
  if (same) return;
  throw new Refusal(
    401,
    'unauthorized',
    'The signature does not match. Sign TIMESTAMP.BODY with the signing secret, HMAC-SHA256, in hex after "sha256=".',
  );
}

function readPayload(contentType: string | undefined, body: Uint8Array): Record<string, unknown> {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'none';
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new Refusal(
      415,
      'unsupported_media_type',
      `Send the payload with Content-Type: application/json, not ${type}.`,
    );
  }
  let payload: unknown;
  try {
    payload = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(400, 'bad_request', `The payload is not JSON: ${reason}.`);
  }
  if (isTooDeep(payload)) {
    throw new Refusal(
      422,
      'validation_failed',
      `The payload is nested deeper than ${deepestJson} levels.`,
    );
  }
  if (isPlainObject(payload)) return payload;
  throw new Refusal(
    422,
    'validation_failed',
    'The payload must be a JSON object such as {"email": "anna@example.com"}.',
  );
}

/** The contact the payload tells of, by its email; null when the trigger has no mapping, or asks for none. */
function contactOf(
  unit: UnitOfWork,
  payload: Record<string, unknown>,
  config: TriggerConfig,
): Contact | null {
  const mapping = config.contact ?? {};
  const absent = config.if_absent ?? 'create';
  if (mapping.email === undefined || mapping.email === '') return null;
  const email = textAt(payload, mapping.email);
  if (email === null) {
    if (absent === 'ignore') return null;
    throw new Refusal(
      422,
      'validation_failed',
      `The payload has no email at ${mapping.email}.`,
      mapping.email,
    );
  }
  const row = unit.db.get<{ id: string }>(
    'SELECT id FROM contacts WHERE lower(email) = lower(?) AND deleted_at IS NULL ORDER BY seq LIMIT 1',
    email,
  );
  if (row) return findRecord(unit.db, recordKinds.contact, row.id);
  if (absent === 'ignore') return null;
  if (absent === 'refuse') {
    throw new Refusal(
      422,
      'validation_failed',
      `No contact has the email ${email}, and this workflow creates none.`,
      mapping.email,
    );
  }
  return createContact(unit, payload, mapping, email);
}

function createContact(
  unit: UnitOfWork,
  payload: Record<string, unknown>,
  mapping: HookMapping,
  email: string,
): Contact {
  const at = (path: string | undefined): string | null =>
    path === undefined || path === '' ? null : textAt(payload, path);
  const whole = at(mapping.name);
  const split = whole?.lastIndexOf(' ') ?? -1;
  const input = {
    // A contact needs some name: the part before the @ is the best there is.
    first_name:
      at(mapping.first_name) ??
      (split > 0 ? whole?.slice(0, split) : whole) ??
      (email.split('@')[0] || email),
    last_name: at(mapping.last_name) ?? (whole && split > 0 ? whole.slice(split + 1) : null),
    email,
    phone: at(mapping.phone),
    job_title: at(mapping.job_title),
  };
  const parsed = recordInputSchema('contact').safeParse(input);
  if (parsed.success) return createRecord(unit, recordKinds.contact, parsed.data);
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? 'contact');
  const place = Object.entries(mapping).find(([name]) => name === field)?.[1] ?? field;
  throw new Refusal(
    422,
    'validation_failed',
    `The contact cannot be created from the payload: ${issue?.message ?? 'it is not valid'}.`,
    place,
  );
}
