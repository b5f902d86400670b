import type { RecordInput } from '../../../shared/model/fields/registry.ts';
import { addRelativeDate, dateOf, startOfDate } from '../../../shared/workflow/relative-date.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { UserError } from '../../errors.ts';
import { createWorkflow } from '../../workflow/workflow-service.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { createRecord, updateRecord } from '../records/record-store.ts';
import { type SampleActivity, type SampleData, readSampleData } from './sample-data.ts';

export interface SampleCounts {
  readonly contacts: number;
  readonly companies: number;
  readonly deals: number;
  readonly workflows: number;
}

/** The newest deals and contacts are left for the workflows, so that the first look shows runs that really happened. */
const deliveredDeals = 2;
const deliveredContacts = 1;

/** True while nobody has put anything into the file. */
export function isEmptyFile(db: Reader): boolean {
  return ['contacts', 'companies', 'deals', 'activities', 'workflows'].every(
    (table) => db.get(`SELECT 1 FROM ${table} LIMIT 1`) === undefined,
  );
}

/** @throws UserError `conflict` when the file is not empty */
export function loadSampleData(unit: UnitOfWork): SampleCounts {
  if (!isEmptyFile(unit.db)) {
    throw new UserError(
      'conflict',
      'Sample data goes only into an empty file. Start with a new data folder to try it.',
    );
  }
  const sampleData = readSampleData();
  for (const workflow of sampleData.workflows)
    createWorkflow(unit, { ...workflow, status: 'active' });
  const oldest = Math.max(...sampleData.contacts.map((contact) => contact.created_days_ago));
  const companyIds = sampleData.companies.map((company) => {
    const { id } = createRecord(unit, recordKinds.company, company);
    settle(unit, recordKinds.company, id, oldest);
    return id;
  });
  const contactIds = loadContacts(unit, sampleData, companyIds);
  const dealIds = loadDeals(unit, sampleData, contactIds);
  for (const activity of sampleData.activities) loadActivity(unit, activity, contactIds, dealIds);
  return {
    contacts: contactIds.length,
    companies: companyIds.length,
    deals: dealIds.length,
    workflows: sampleData.workflows.length,
  };
}

function loadContacts(
  unit: UnitOfWork,
  sampleData: SampleData,
  companyIds: readonly string[],
): string[] {
  return sampleData.contacts.map(({ company, created_days_ago: daysAgo, ...fields }, index) => {
    const companyId = company === null ? null : (companyIds[company] ?? null);
    const { id } = createRecord(unit, recordKinds.contact, { ...fields, company_id: companyId });
    if (index < sampleData.contacts.length - deliveredContacts)
      settle(unit, recordKinds.contact, id, daysAgo);
    return id;
  });
}

function loadDeals(
  unit: UnitOfWork,
  sampleData: SampleData,
  contactIds: readonly string[],
): string[] {
  const byAge = sampleData.deals
    .map((deal, index) => ({ deal, index }))
    .toSorted((a, b) => b.deal.created_days_ago - a.deal.created_days_ago);
  const ids: string[] = [];
  let waiting = 0;
  for (const [position, { deal, index }] of byAge.entries()) {
    const contactId = contactIds[deal.contact] ?? null;
    const contact =
      contactId === null
        ? null
        : unit.db.get<{ company_id: string | null }>(
            'SELECT company_id FROM contacts WHERE id = ?',
            contactId,
          );
    const { id } = createRecord(unit, recordKinds.deal, {
      title: deal.title,
      value: deal.value,
      contact_id: contactId,
      company_id: contact?.company_id ?? null,
      expected_close_date: dateOf(daysFromNow(unit, deal.close_in_days), unit.timeZone),
    });
    if (position < byAge.length - deliveredDeals)
      settle(unit, recordKinds.deal, id, deal.created_days_ago);
    if (deal.stage !== 'qualification') {
      updateRecord(unit, recordKinds.deal, id, { stage: deal.stage });
      const isFreshWin = deal.stage === 'won' && deal.created_days_ago <= 3 && waiting < 1;
      if (isFreshWin) waiting += 1;
      else settle(unit, recordKinds.deal, id, Math.max(0, -deal.close_in_days));
    }
    ids[index] = id;
  }
  return ids;
}

function loadActivity(
  unit: UnitOfWork,
  activity: SampleActivity,
  contactIds: readonly string[],
  dealIds: readonly string[],
): void {
  const input: RecordInput<'task'> = {
    type: activity.type,
    title: activity.title,
    deal_id: dealIds[activity.deal] ?? null,
    contact_id: contactIds[activity.contact] ?? null,
    due_at: endOfBusiness(unit, activity.due_in_days ?? -(activity.completed_days_ago ?? 0)),
  };
  const { id } = createRecord(unit, recordKinds.task, input);
  if (activity.completed_days_ago !== undefined) {
    const completedAt = new Date(daysFromNow(unit, -activity.completed_days_ago)).toISOString();
    updateRecord(unit, recordKinds.task, id, { completed_at: completedAt });
  }
  settle(unit, recordKinds.task, id, activity.completed_days_ago ?? 10);
}

/** Five in the afternoon, local time, of a day. */
function endOfBusiness(unit: UnitOfWork, days: number): string {
  const midnight = startOfDate(dateOf(daysFromNow(unit, days), unit.timeZone), unit.timeZone);
  return new Date(
    addRelativeDate(midnight, { amount: 17, unit: 'hour' }, unit.timeZone),
  ).toISOString();
}

function daysFromNow(unit: UnitOfWork, days: number): number {
  return addRelativeDate(unit.now, { amount: days, unit: 'day' }, unit.timeZone);
}

/** Moves what was written of a record into the past, its events dealt with: no workflow answers old news. */
function settle<O extends ObjectName>(
  unit: UnitOfWork,
  kind: RecordKind<O>,
  id: string,
  daysAgo: number,
): void {
  const { db } = unit;
  const at = new Date(daysFromNow(unit, -daysAgo)).toISOString();
  db.run(
    `UPDATE ${kind.table} SET created_at = min(created_at, ?), updated_at = ? WHERE id = ?`,
    at,
    at,
    id,
  );
  if (kind.object === 'deal')
    db.run('UPDATE deals SET closed_at = ? WHERE id = ? AND closed_at IS NOT NULL', at, id);
  db.run('UPDATE journal SET at = ? WHERE record_id = ? AND at = ?', at, id, unit.nowText);
  db.run(
    'UPDATE events SET occurred_at = ?, dispatched_at = ? WHERE record_id = ? AND dispatched_at IS NULL',
    at,
    at,
    id,
  );
}
