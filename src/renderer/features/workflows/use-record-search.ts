import { keepPreviousData, useQueries } from '@tanstack/react-query';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';

export interface FoundRecord {
  readonly object: ObjectName;
  readonly id: string;
  readonly name: string;
}

const perObject = 6;

/** The newest records, or those that match; one list a kind, deals first as most workflows are about them. */
export function useRecordSearch(search: string): {
  readonly records: readonly FoundRecord[];
  readonly isPending: boolean;
} {
  const input = { limit: perObject, ...(search.trim() === '' ? {} : { q: search.trim() }) };
  const options = { input, placeholderData: keepPreviousData } as const;
  const [deals, contacts, companies, tasks] = useQueries({
    queries: [
      api.deals.list.queryOptions(options),
      api.contacts.list.queryOptions(options),
      api.companies.list.queryOptions(options),
      api.activities.list.queryOptions(options),
    ],
  });
  const found = (object: ObjectName, id: string, name: string): FoundRecord => ({
    object,
    id,
    name,
  });
  return {
    isPending: [deals, contacts, companies, tasks].some((query) => query.isPending),
    records: [
      ...(deals.data?.items ?? []).map(({ id, title }) => found('deal', id, title)),
      ...(contacts.data?.items ?? []).map(({ id, name }) => found('contact', id, name)),
      ...(companies.data?.items ?? []).map(({ id, name }) => found('company', id, name)),
      ...(tasks.data?.items ?? []).map(({ id, title }) => found('task', id, title)),
    ],
  };
}
