import {
  type Delivery,
  type DeliveryState,
  type MailContent,
  mailContentSchema,
  type WebhookContent,
  webhookContentSchema,
} from '../../shared/contract/deliveries.ts';
import type { ErrorKind } from '../../shared/model/error-kind.ts';
import type { Page } from '../../shared/contract/lists.ts';
import type { ObjectName, RecordReference } from '../../shared/model/objects.ts';
import { type Filter, type PageQuery, readPage } from '../crm/records/page.ts';
import type { Reader, Writer } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors.ts';
import { heldWorkflows } from '../workflow/store/pause-store.ts';

/** What is to leave this computer, as the step rendered it. */
export type DeliveryContent =
  | { readonly kind: 'email'; readonly content: MailContent }
  | { readonly kind: 'webhook'; readonly content: WebhookContent };

export interface NewDelivery {
  readonly id: string;
  readonly what: DeliveryContent;
  /** Host or mail account: what the limits count by. */
  readonly lane: string;
  readonly workflow_id: string;
  readonly execution_id: string;
  readonly step_id: string;
  readonly record: RecordReference | null;
  /** Whether the run waits for it. */
  readonly awaited: boolean;
  /** ISO text; the first attempt is not before. */
  readonly due_at: string;
}

/** A row as it is stored; its content is read one by one, so that a damaged one stops itself alone. */
export interface DeliveryRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: Delivery['kind'];
  readonly state: DeliveryState;
  readonly lane: string;
  readonly content: string;
  readonly workflow_id: string | null;
  readonly execution_id: string | null;
  readonly step_id: string | null;
  readonly object: ObjectName | null;
  readonly record_id: string | null;
  readonly awaited: number;
  readonly attempt: number;
  readonly first_attempt_at: string | null;
  readonly next_attempt_at: string | null;
  /** When the whole message was handed over, before an answer came. */
  readonly handed_over_at: string | null;
  readonly last_error: string | null;
  /** Of a delivery that was given up. */
  readonly error_kind: ErrorKind | null;
  /** What the other side answered, as JSON. */
  readonly answer: string | null;
  readonly created_at: string;
  readonly finished_at: string | null;
}

export function insertDelivery(unit: UnitOfWork, delivery: NewDelivery): void {
  const { what, record } = delivery;
  const isHeld = delivery.due_at > unit.nowText;
  unit.db.run(
    `INSERT INTO deliveries (id, kind, state, lane, content, workflow_id, execution_id, step_id, object, record_id,
       awaited, next_attempt_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    delivery.id,
    what.kind,
    isHeld ? 'held' : 'queued',
    delivery.lane,
    JSON.stringify(what.content),
    delivery.workflow_id,
    delivery.execution_id,
    delivery.step_id,
    record?.object ?? null,
    record?.id ?? null,
    delivery.awaited ? 1 : 0,
    delivery.due_at,
    unit.nowText,
  );
  unit.touch('delivery', delivery.id);
}

export function findDelivery(db: Reader, id: string): DeliveryRow | null {
  return db.get<DeliveryRow>('SELECT * FROM deliveries WHERE id = ?', id) ?? null;
}

/** @throws UserError `not_found` */
export function getDelivery(db: Reader, id: string): DeliveryRow {
  const row = findDelivery(db, id);
  if (!row) throw notFound('delivery', id);
  return row;
}

/** @throws Error when somebody damaged the row */
export function readContent(row: DeliveryRow): DeliveryContent {
  const content: unknown = JSON.parse(row.content);
  return row.kind === 'email'
    ? { kind: 'email', content: mailContentSchema.parse(content) }
    : { kind: 'webhook', content: webhookContentSchema.parse(content) };
}

/**
 * Deliveries whose time has come, the longest due first, without those that the pause of their workflow holds.
 *
 * @param busyLanes take no more for now
 */
export function dueDeliveries(
  db: Reader,
  now: string,
  busyLanes: readonly string[],
  limit: number,
): { id: string; lane: string }[] {
  const others = exceptFor(db, busyLanes);
  return db.all(
    `SELECT id, lane FROM deliveries INDEXED BY deliveries_due
      WHERE next_attempt_at <= ?${others.sql} ORDER BY next_attempt_at, seq LIMIT ?`,
    now,
    ...others.values,
    limit,
  );
}

/** ISO text of the next instant one is due that nothing holds, in a lane that is not busy; null when none is. */
export function nextDeliveryAt(db: Reader, busyLanes: readonly string[]): string | null {
  const others = exceptFor(db, busyLanes);
  const row = db.get<{ next_attempt_at: string }>(
    `SELECT next_attempt_at FROM deliveries INDEXED BY deliveries_due
      WHERE next_attempt_at IS NOT NULL${others.sql} ORDER BY next_attempt_at LIMIT 1`,
    ...others.values,
  );
  return row?.next_attempt_at ?? null;
}

/** The terms that leave out busy lanes and held workflows: none as a rule, so the index alone is read. */
function exceptFor(
  db: Reader,
  busyLanes: readonly string[],
): { readonly sql: string; readonly values: readonly string[] } {
  const held = heldWorkflows(db).map(({ id }) => id);
  const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');
  const lanes = busyLanes.length === 0 ? '' : ` AND lane NOT IN (${marks(busyLanes)})`;
  const workflows =
    held.length === 0 ? '' : ` AND (workflow_id IS NULL OR workflow_id NOT IN (${marks(held)}))`;
  return { sql: lanes + workflows, values: [...busyLanes, ...held] };
}

/** Those that were being sent when the program ended. */
export function interruptedDeliveries(db: Reader): DeliveryRow[] {
  return db.all<DeliveryRow>("SELECT * FROM deliveries WHERE state = 'sending' ORDER BY seq");
}

/** Counts an attempt and takes the delivery for it. @returns whether it was still there to be taken */
export function claimDelivery(db: Writer, id: string, now: string): boolean {
  const changed = db.run(
    `UPDATE deliveries SET state = 'sending', attempt = attempt + 1, next_attempt_at = NULL, handed_over_at = NULL,
       first_attempt_at = coalesce(first_attempt_at, ?) WHERE id = ? AND next_attempt_at IS NOT NULL`,
    now,
    id,
  );
  return changed === 1;
}

export function markHandedOver(db: Writer, id: string, now: string): void {
  db.run('UPDATE deliveries SET handed_over_at = ? WHERE id = ?', now, id);
}

/** Has a delivery tried at an instant; one that was over is over no more. */
export function scheduleDelivery(
  db: Writer,
  id: string,
  dueAt: string,
  lastError: string | null,
): void {
  db.run(
    `UPDATE deliveries SET state = 'queued', next_attempt_at = ?, last_error = ?, error_kind = NULL, handed_over_at = NULL,
       finished_at = NULL WHERE id = ?`,
    dueAt,
    lastError,
    id,
  );
}

/** As if the last attempt had not been: this computer had no way out. */
export function returnAttempt(db: Writer, id: string): void {
  db.run(
    `UPDATE deliveries SET attempt = attempt - 1,
       first_attempt_at = CASE WHEN attempt = 1 THEN NULL ELSE first_attempt_at END WHERE id = ?`,
    id,
  );
}

/** Attempts are counted anew: the user said so. */
export function forgetAttempts(db: Writer, id: string): void {
  db.run('UPDATE deliveries SET attempt = 0, first_attempt_at = NULL WHERE id = ?', id);
}

export function finishDelivery(
  db: Writer,
  id: string,
  state: Extract<DeliveryState, 'sent' | 'failed' | 'uncertain' | 'cancelled'>,
  at: string,
  end: {
    readonly error: string | null;
    readonly error_kind?: ErrorKind;
    readonly answer?: object;
  },
): void {
  db.run(
    `UPDATE deliveries SET state = ?, next_attempt_at = NULL, last_error = ?, error_kind = ?, answer = coalesce(?, answer),
       finished_at = ? WHERE id = ?`,
    state,
    end.error,
    end.error_kind ?? null,
    end.answer === undefined ? null : JSON.stringify(end.answer),
    at,
    id,
  );
}

/** Replaces what a mail says while nothing of it has been sent. */
export function replaceMail(db: Writer, id: string, content: MailContent): void {
  db.run('UPDATE deliveries SET content = ? WHERE id = ?', JSON.stringify(content), id);
}

/** Those of a run that were not sent yet: with the run they end. */
export function openDeliveriesOf(db: Reader, executionId: string): string[] {
  return db
    .all<{ id: string }>(
      `SELECT id FROM deliveries WHERE execution_id = ? AND next_attempt_at IS NOT NULL`,
      executionId,
    )
    .map((row) => row.id);
}

const select = `SELECT r.*, w.name AS workflow_name FROM deliveries r LEFT JOIN workflows w ON w.id = r.workflow_id`;

type ListedRow = DeliveryRow & { readonly workflow_name: string | null };

function toDelivery(row: ListedRow): Delivery {
  const what = readContentSafely(row);
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    mail: what?.kind === 'email' ? what.content : null,
    request: what?.kind === 'webhook' ? what.content : null,
    workflow_id: row.workflow_id,
    workflow_name: row.workflow_name,
    execution_id: row.execution_id,
    record:
      row.object === null || row.record_id === null
        ? null
        : { object: row.object, id: row.record_id },
    attempt: row.attempt,
    next_attempt_at: row.next_attempt_at,
    last_error: row.last_error,
    error_kind: row.error_kind,
    created_at: row.created_at,
    finished_at: row.finished_at,
  };
}

/** Null for a damaged row: the list must be there all the same. */
function readContentSafely(row: DeliveryRow): DeliveryContent | null {
  try {
    return readContent(row);
  } catch {
    return null;
  }
}

/** @throws UserError `not_found` */
export function describeDelivery(db: Reader, id: string): Delivery {
  const row = db.get<ListedRow>(`${select} WHERE r.id = ?`, id);
  if (!row) throw notFound('delivery', id);
  return toDelivery(row);
}

export function listDeliveries(
  db: Reader,
  query: PageQuery & {
    readonly kind?: string | undefined;
    readonly state?: string | undefined;
  },
): Page<Delivery> {
  const filters: Filter[] = [];
  if (query.kind !== undefined) filters.push({ sql: 'r.kind = ?', values: [query.kind] });
  if (query.state !== undefined) filters.push({ sql: 'r.state = ?', values: [query.state] });
  return readPage<ListedRow, Delivery>(db, select, filters, query, toDelivery);
}
