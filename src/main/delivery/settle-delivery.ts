import type { MailContent } from '../../shared/contract/deliveries.ts';
import type { ErrorKind } from '../../shared/model/error-kind.ts';
import { activityKind } from '../crm/activities/activity-kind.ts';
import { contactKind } from '../crm/contacts/contact-kind.ts';
import { createRecord, findRecord, localUserId } from '../crm/records/record-store.ts';
import type { Origin, UnitOfWork } from '../db/unit-of-work.ts';
import { loadEvent } from '../events/event-store.ts';
import { readWaitRule, findWait, makeDue } from '../workflow/store/wait-store.ts';
import type { EventType } from '../../shared/events/event-types.ts';
import { type DeliveryRow, finishDelivery, readContent } from './delivery-store.ts';
import { contactOfAddress, linksOf } from './recipients.ts';

/** Longer titles than this are cut on the timeline; the mail itself is not. */
const longestTitle = 300;
const longestDescription = 10_000;

/** The other side has it: the run goes on, and the timelines of all it went to say so. */
export function settleSent(unit: UnitOfWork, row: DeliveryRow, answer: object): void {
  finishDelivery(unit.db, row.id, 'sent', unit.nowText, { error: null, answer });
  withMail(unit, row, (mail, links) => {
    logMail(unit, mail, links, refusedAddresses(answer));
    emitMail(unit, 'email_sent', row, mail, links);
  });
  endWait(unit, row);
}

/** It was given up. */
export function settleFailed(
  unit: UnitOfWork,
  row: DeliveryRow,
  error: { readonly message: string; readonly kind: ErrorKind },
  answer?: object,
): void {
  const { message, kind } = error;
  const details = { error: message, error_kind: kind, ...(answer === undefined ? {} : { answer }) };
  finishDelivery(unit.db, row.id, 'failed', unit.nowText, details);
  withMail(unit, row, (mail, links) =>
    emitMail(unit, 'email_failed', row, mail, links, { email_error: message }),
  );
  endWait(unit, row);
}

/** The user took it back before anything of it was sent. */
export function settleCancelled(unit: UnitOfWork, row: DeliveryRow): void {
  finishDelivery(unit.db, row.id, 'cancelled', unit.nowText, { error: null });
  endWait(unit, row);
}

/** Somebody answered a mail: for workflows that wait for it or begin with it. */
export function emitReplied(unit: UnitOfWork, row: DeliveryRow): void {
  withMail(unit, row, (mail, links) => emitMail(unit, 'email_replied', row, mail, links));
}

/** The wait for this delivery is due now: the executor goes on with the run. */
function endWait(unit: UnitOfWork, row: DeliveryRow): void {
  unit.touch('delivery', row.id);
  if (!isAwaited(unit, row) || row.execution_id === null) return;
  makeDue(unit.db, row.execution_id, unit.nowText);
}

/** Whether a run still waits for this very delivery: it may have been ended or moved on by hand. */
export function isAwaited({ db }: UnitOfWork, row: DeliveryRow): boolean {
  const wait = row.execution_id === null ? null : findWait(db, row.execution_id);
  if (!wait) return false;
  const rule = readWaitRule(wait);
  return rule.kind === 'external' && rule.delivery_id === row.id;
}

interface MailLinks {
  /** Whom the mail goes to, when that is a contact. */
  readonly contact_id: string | null;
  /** The contact the run is about, who need not be the one who is written to. */
  readonly subject_contact_id: string | null;
  readonly deal_id: string | null;
  readonly company_id: string | null;
  readonly owner_id: string;
}

/** Does something about a mail in the name of the run that sent it, so that a chain of causes goes through it. */
function withMail(
  unit: UnitOfWork,
  row: DeliveryRow,
  work: (mail: MailContent, links: MailLinks) => void,
): void {
  if (row.kind !== 'email') return;
  const what = readContent(row);
  if (what.kind !== 'email') return;
  const links = mailLinks(unit, row, what.content);
  const origin = originOf(unit, row);
  if (origin) unit.as(origin, () => work(what.content, links));
  else work(what.content, links);
}

function mailLinks({ db }: UnitOfWork, row: DeliveryRow, mail: MailContent): MailLinks {
  const { object, record_id: id } = row;
  const links = linksOf(db, object === null || id === null ? null : { object, id });
  const address = mail.to[0]?.address ?? '';
  const owner = db.get<{ owner_id: string }>(
    'SELECT owner_id FROM workflows WHERE id = ?',
    row.workflow_id,
  )?.owner_id;
  return {
    ...links,
    subject_contact_id: links.contact_id,
    contact_id: contactOfAddress(db, address, links.contact_id),
    owner_id: owner ?? localUserId(db),
  };
}

function originOf({ db }: UnitOfWork, row: DeliveryRow): Origin | null {
  const { workflow_id, execution_id } = row;
  if (workflow_id === null || execution_id === null) return null;
  const run = db.get<{ event_id: string; record_id: string | null }>(
    'SELECT event_id, record_id FROM workflow_executions WHERE id = ?',
    execution_id,
  );
  if (!run) return null;
  const { chain } = loadEvent(db, run.event_id);
  return {
    actor: { kind: 'workflow', workflow_id, execution_id },
    chain: [...chain, { workflow_id, record_id: run.record_id, execution_id }],
  };
}

/**
 * An activity on the record the run is about and on the contact the mail goes to, and one on each further contact
 * among those who got it.
 */
function logMail(
  unit: UnitOfWork,
  mail: MailContent,
  links: MailLinks,
  refused: readonly string[],
): void {
  const log = (on: Pick<MailLinks, 'contact_id' | 'deal_id' | 'company_id'>): void =>
    void createRecord(unit, activityKind, {
      type: 'email',
      title: mail.subject.slice(0, longestTitle),
      description: mail.text.slice(0, longestDescription),
      completed_at: unit.nowText,
      contact_id: on.contact_id,
      deal_id: on.deal_id,
      company_id: on.company_id,
      owner_id: links.owner_id,
    });
  const { deal_id, company_id } = links;
  const first = links.contact_id ?? links.subject_contact_id;
  log({ contact_id: first, deal_id, company_id });
  const others = [...mail.to, ...mail.cc, ...mail.bcc]
    .map(({ address }) => address)
    .filter((address) => !refused.includes(address))
    .map((address) => contactOfAddress(unit.db, address, first));
  for (const contact_id of new Set(others)) {
    if (contact_id !== null && contact_id !== first)
      log({ contact_id, deal_id: null, company_id: null });
  }
}

/** Whom the mail server would not have, while it took the mail for the others. */
function refusedAddresses(answer: object): readonly string[] {
  return 'refused' in answer && Array.isArray(answer.refused) ? answer.refused.map(String) : [];
}

function emitMail(
  unit: UnitOfWork,
  type: Extract<EventType, 'email_sent' | 'email_failed' | 'email_replied'>,
  row: DeliveryRow,
  mail: MailContent,
  links: MailLinks,
  more: Readonly<Record<string, string>> = {},
): void {
  const contact =
    links.contact_id === null ? null : findRecord(unit.db, contactKind, links.contact_id);
  unit.emit({
    type,
    object: contact ? 'contact' : null,
    record_id: contact?.id ?? null,
    data: {
      keys: {
        email_id: row.id,
        email_to: mail.to[0]?.address ?? '',
        email_subject: mail.subject,
        contact_id: contact?.id ?? null,
        contact_name: contact?.name ?? null,
        contact_email: contact?.email ?? null,
        deal_id: links.deal_id,
        company_id: links.company_id ?? contact?.company_id ?? null,
        owner_id: links.owner_id,
        ...more,
      },
      changes: {},
    },
  });
}
