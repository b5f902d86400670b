import type { RecordPatch } from '../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../shared/model/objects.ts';
import { recordKinds } from '../crm/records/kinds.ts';
import type { Filter } from '../crm/records/page.ts';
import type { RecordKind } from '../crm/records/record-kind.ts';
import {
  createRecord,
  getRecord,
  listRecords,
  type ListQuery,
  removeRecord,
  updateRecord,
} from '../crm/records/record-store.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

function equals(column: string, value: string | undefined): Filter[] {
  return value === undefined ? [] : [{ sql: `${column} = ?`, values: [value] }];
}

function stateFilter(state: 'open' | 'completed' | undefined): Filter[] {
  if (state === undefined) return [];
  return [
    { sql: state === 'open' ? 'r.completed_at IS NULL' : 'r.completed_at IS NOT NULL', values: [] },
  ];
}

/** The calls of the four record kinds. They differ in their filters alone. */
export function recordProcedures(os: ReturnType<typeof createBase>, parts: ApiParts) {
  const { connection, committer } = parts;
  const { contact, company, deal, task } = recordKinds;
  const page = <O extends ObjectName>(
    kind: RecordKind<O>,
    query: ListQuery | undefined,
    filters: Filter[],
  ) => listRecords(connection.reader, kind, query ?? {}, filters);
  const get = <O extends ObjectName>(kind: RecordKind<O>, id: string) =>
    getRecord(connection.reader, kind, id);
  const update = <O extends ObjectName>(
    kind: RecordKind<O>,
    actor: Parameters<typeof committer.commit>[0],
    { id, ...patch }: RecordPatch<O> & { id: string },
  ) =>
    // Without its id the input is the patch; the compiler keeps it as an Omit of an unresolved O.
    committer.commit(
      actor,
      (unit) => updateRecord(unit, kind, id, patch as unknown as RecordPatch<O>).after,
    );

  return {
    contacts: {
      list: os.contacts.list.handler(({ input }) =>
        page(contact, input, equals('r.company_id', input?.company_id)),
      ),
      get: os.contacts.get.handler(({ input }) => get(contact, input.id)),
      create: os.contacts.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createRecord(unit, contact, input)),
      ),
      update: os.contacts.update.handler(({ input, context }) =>
        update(contact, context.actor, input),
      ),
      remove: os.contacts.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeRecord(unit, contact, input.id)),
      ),
    },
    companies: {
      list: os.companies.list.handler(({ input }) => page(company, input, [])),
      get: os.companies.get.handler(({ input }) => get(company, input.id)),
      create: os.companies.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createRecord(unit, company, input)),
      ),
      update: os.companies.update.handler(({ input, context }) =>
        update(company, context.actor, input),
      ),
      remove: os.companies.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeRecord(unit, company, input.id)),
      ),
    },
    deals: {
      list: os.deals.list.handler(({ input }) =>
        page(deal, input, [
          ...equals('s.slug', input?.stage),
          ...equals('r.contact_id', input?.contact_id),
          ...equals('r.company_id', input?.company_id),
        ]),
      ),
      get: os.deals.get.handler(({ input }) => get(deal, input.id)),
      create: os.deals.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createRecord(unit, deal, input)),
      ),
      update: os.deals.update.handler(({ input, context }) => update(deal, context.actor, input)),
      remove: os.deals.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeRecord(unit, deal, input.id)),
      ),
    },
    activities: {
      list: os.activities.list.handler(({ input }) =>
        page(task, input, [
          ...equals('r.contact_id', input?.contact_id),
          ...equals('r.company_id', input?.company_id),
          ...equals('r.deal_id', input?.deal_id),
          ...stateFilter(input?.state),
        ]),
      ),
      get: os.activities.get.handler(({ input }) => get(task, input.id)),
      create: os.activities.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createRecord(unit, task, input)),
      ),
      update: os.activities.update.handler(({ input, context }) =>
        update(task, context.actor, input),
      ),
      remove: os.activities.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeRecord(unit, task, input.id)),
      ),
    },
  };
}
