import { randomBytes } from 'node:crypto';
import type { HookCall, WorkflowHook } from '../../../shared/contract/hooks.ts';
import type { Page } from '../../../shared/contract/lists.ts';
import { type PageQuery, readPage } from '../../crm/records/page.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { UserError } from '../../errors.ts';

/** So many calls of a workflow are kept, whatever became of them. */
const callsKept = 100;

/** For so long a repeated idempotency key is refused, in milliseconds. */
const replayWindowMs = 24 * 3_600_000;

interface KeyRow {
  readonly key: string;
  readonly workflow_id: string;
  readonly signing_secret: string;
  readonly created_at: string;
  readonly retired_at: string | null;
}

/** 32 random bytes: the key is all that stands between a stranger and the workflow. */
const newSecret = (): string => randomBytes(32).toString('base64url');

function currentRow(db: Reader, workflowId: string): KeyRow | undefined {
  return db.get<KeyRow>(
    'SELECT * FROM hook_keys WHERE workflow_id = ? AND retired_at IS NULL',
    workflowId,
  );
}

/** @returns null before the workflow first waited for a webhook */
export function currentHookKey(db: Reader, workflowId: string): string | null {
  return currentRow(db, workflowId)?.key ?? null;
}

/** Whose address a key is, or was. */
export function findHookKey(db: Reader, key: string): KeyRow | null {
  return db.get<KeyRow>('SELECT * FROM hook_keys WHERE key = ?', key) ?? null;
}

function insertKey(unit: UnitOfWork, workflowId: string): void {
  unit.db.run(
    'INSERT INTO hook_keys (key, workflow_id, signing_secret, created_at) VALUES (?, ?, ?, ?)',
    newSecret(),
    workflowId,
    newSecret(),
    unit.nowText,
  );
}

/** Gives a workflow its address, unless it has one. */
export function ensureHookKey(unit: UnitOfWork, workflowId: string): void {
  if (currentRow(unit.db, workflowId)) return;
  insertKey(unit, workflowId);
  unit.touch('workflow', workflowId);
}

/** The old address answers no more; its calls are still told apart from guesses, and logged. */
export function rotateHookKey(unit: UnitOfWork, workflowId: string): void {
  unit.db.run(
    'UPDATE hook_keys SET retired_at = ? WHERE workflow_id = ? AND retired_at IS NULL',
    unit.nowText,
    workflowId,
  );
  insertKey(unit, workflowId);
  unit.touch('workflow', workflowId);
}

/** @throws UserError `conflict` when the workflow waits for no webhook */
export function readHook(db: Reader, workflowId: string): WorkflowHook {
  const row = currentRow(db, workflowId);
  if (!row) {
    throw new UserError(
      'conflict',
      'This workflow has no address. Give it the trigger webhook_received first.',
      { field: 'trigger_type' },
    );
  }
  const { key, signing_secret, created_at } = row;
  return {
    workflow_id: workflowId,
    hook_key: key,
    path: `/api/hooks/${key}`,
    signing_secret,
    created_at,
  };
}

/** Whether a call with this idempotency key was taken within the last 24 hours. */
export function isReplay({ db, now }: UnitOfWork, workflowId: string, key: string): boolean {
  const since = new Date(now - replayWindowMs).toISOString();
  return (
    db.get(
      'SELECT 1 FROM hook_replays WHERE workflow_id = ? AND idempotency_key = ? AND received_at > ?',
      workflowId,
      key,
      since,
    ) !== undefined
  );
}

export function rememberIdempotencyKey(unit: UnitOfWork, workflowId: string, key: string): void {
  const { db, now, nowText } = unit;
  const since = new Date(now - replayWindowMs).toISOString();
  db.run('DELETE FROM hook_replays WHERE received_at <= ?', since);
  db.run(
    'INSERT INTO hook_replays (workflow_id, idempotency_key, received_at) VALUES (?, ?, ?)',
    workflowId,
    key,
    nowText,
  );
}

export interface NewHookCall {
  readonly workflow_id: string;
  readonly status: number;
  readonly reason: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contact_id: string | null;
  readonly event_id: string | null;
}

export function insertHookCall(unit: UnitOfWork, call: NewHookCall): void {
  const { db, nowText } = unit;
  db.run(
    `INSERT INTO hook_calls (id, workflow_id, received_at, status, reason, headers, body, contact_id, event_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    unit.ids.next(),
    call.workflow_id,
    nowText,
    call.status,
    call.reason,
    JSON.stringify(call.headers),
    call.body,
    call.contact_id,
    call.event_id,
  );
  db.run(
    `DELETE FROM hook_calls WHERE workflow_id = ? AND seq <=
       (SELECT seq FROM hook_calls WHERE workflow_id = ? ORDER BY seq DESC LIMIT 1 OFFSET ${callsKept})`,
    call.workflow_id,
    call.workflow_id,
  );
  unit.touch('workflow', call.workflow_id);
}

interface CallRow {
  readonly seq: number;
  readonly id: string;
  readonly received_at: string;
  readonly status: number;
  readonly reason: string | null;
  readonly headers: string;
  readonly body: string;
  readonly contact_id: string | null;
  readonly execution_id: string | null;
}

/** `seq` and the rest of `r` first, as every page reads them; with it the run the call started. */
const select = `SELECT r.*, (SELECT e.id FROM workflow_executions e
  WHERE e.event_id = r.event_id AND e.workflow_id = r.workflow_id LIMIT 1) AS execution_id FROM hook_calls r`;

export function listHookCalls(db: Reader, workflowId: string, query: PageQuery): Page<HookCall> {
  const filter = { sql: 'r.workflow_id = ?', values: [workflowId] };
  return readPage<CallRow, HookCall>(db, select, [filter], query, (row) => ({
    id: row.id,
    received_at: row.received_at,
    status: row.status,
    reason: row.reason,
    headers: readHeaders(row.headers),
    body: row.body,
    contact_id: row.contact_id,
    execution_id: row.execution_id,
  }));
}

function readHeaders(text: string): Record<string, string> {
  try {
    // Written by insertHookCall alone, unless somebody edits the log by SQL.
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return {};
  }
}
