import {
  type InfiniteData,
  type QueryClient,
  type QueryKey,
  useQueryClient,
} from '@tanstack/react-query';
import type { Page } from '../../../shared/contract/lists.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { type AnyRecord, type FieldValue, type ListInput, recordApi } from './record-api.ts';

type Pages = InfiniteData<Page<AnyRecord>>;
type Snapshot = readonly (readonly [QueryKey, unknown])[];

const ignoredFilters: ReadonlySet<string> = new Set(['limit', 'cursor', 'q']);

function inputOf(key: QueryKey): ListInput {
  const options = key[1];
  if (!options || typeof options !== 'object' || !('input' in options)) return {};
  // Keys are made by the same utils that take a ListInput.
  return (options.input ?? {}) as ListInput;
}

/** Whether a record belongs in a list with these exact-match filters. */
function matches(record: AnyRecord, input: ListInput): boolean {
  return Object.entries(input).every(([name, value]) => {
    if (value === undefined || ignoredFilters.has(name)) return true;
    if (name === 'state') return (record.completed_at === null) === (value === 'open');
    return record[name] === value;
  });
}

function place(items: readonly AnyRecord[], record: AnyRecord): AnyRecord[] {
  // Lists are newest first; UUIDv7 ids sort by time.
  const index = items.findIndex((item) => item.id < record.id);
  return index === -1 ? [...items, record] : items.toSpliced(index, 0, record);
}

function changePages(pages: Pages, record: AnyRecord, input: ListInput): Pages {
  const wanted = matches(record, input);
  const present = pages.pages.some((page) => page.items.some(({ id }) => id === record.id));
  if (present) {
    const items = (page: Page<AnyRecord>) =>
      wanted
        ? page.items.map((item) => (item.id === record.id ? record : item))
        : page.items.filter((item) => item.id !== record.id);
    return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: items(page) })) };
  }
  const [first, ...rest] = pages.pages;
  // Whether a record matches a search, only the server knows.
  if (!wanted || !first || input.q) return pages;
  return { ...pages, pages: [{ ...first, items: place(first.items, record) }, ...rest] };
}

function isPages(data: unknown): data is Pages {
  return typeof data === 'object' && data !== null && 'pages' in data;
}

function isPage(data: unknown): data is Page<AnyRecord> {
  return typeof data === 'object' && data !== null && 'items' in data;
}

/** Puts a record into every list that is on hand, as if the server had been asked again. */
export function putRecord(queries: QueryClient, object: ObjectName, record: AnyRecord): void {
  const utils = recordApi(object);
  queries.setQueryData(utils.get.queryKey({ input: { id: record.id } }), record);
  putInViews(queries, record);
  for (const [key, data] of queries.getQueriesData({ queryKey: utils.list.key() })) {
    const input = inputOf(key);
    if (isPages(data)) {
      queries.setQueryData(key, changePages(data, record, input));
    } else if (isPage(data)) {
      const pages = changePages({ pages: [data], pageParams: [null] }, record, input);
      queries.setQueryData(key, pages.pages[0]);
    }
  }
}

/** Views show the record as it is now; where it belongs by its new values, only the server knows. */
function putInViews(queries: QueryClient, record: AnyRecord): void {
  for (const [key, data] of queries.getQueriesData({ queryKey: api.views.query.key() })) {
    if (!isPages(data)) continue;
    const { group } = viewInputOf(key);
    const leaves = group !== undefined && (record[group.field] ?? null) !== group.value;
    const items = (page: Page<AnyRecord>) =>
      leaves
        ? page.items.filter((item) => item.id !== record.id)
        : page.items.map((item) => (item.id === record.id ? record : item));
    const pages = data.pages.map((page) => ({ ...page, items: items(page) }));
    queries.setQueryData(key, { ...data, pages });
  }
}

function viewInputOf(key: QueryKey): { group?: { field: string; value: string | null } } {
  const options = key[1];
  if (!options || typeof options !== 'object' || !('input' in options)) return {};
  // Keys are made by the same utils that take the input of a view.
  return options.input ?? {};
}

function dropRecord(queries: QueryClient, object: ObjectName, id: string): void {
  const without = (page: Page<AnyRecord>) => ({
    ...page,
    items: page.items.filter((item) => item.id !== id),
  });
  for (const [key, data] of listsOf(queries, object)) {
    if (isPages(data)) queries.setQueryData(key, { ...data, pages: data.pages.map(without) });
    else if (isPage(data)) queries.setQueryData(key, without(data));
  }
}

/** Ids are unique across kinds, so the views of other kinds never have one of this. */
function listsOf(queries: QueryClient, object: ObjectName): Snapshot {
  return [
    ...queries.getQueriesData({ queryKey: recordApi(object).list.key() }),
    ...queries.getQueriesData({ queryKey: api.views.query.key() }),
  ];
}

/** A record that is on hand, wherever it was seen. */
export function findRecord(
  queries: QueryClient,
  object: ObjectName,
  id: string,
): AnyRecord | undefined {
  const utils = recordApi(object);
  const got = queries.getQueryData(utils.get.queryKey({ input: { id } }));
  if (got) return got;
  for (const [, data] of listsOf(queries, object)) {
    const pages = isPages(data) ? data.pages : isPage(data) ? [data] : [];
    for (const page of pages) {
      const found = page.items.find((item) => item.id === id);
      if (found) return found;
    }
  }
  return undefined;
}

export interface OptimisticCache {
  /** Shows a change before the server answered. @returns what takes it back */
  readonly change: (object: ObjectName, id: string, patch: Partial<AnyRecord>) => Promise<Undo>;
  readonly drop: (object: ObjectName, id: string) => Promise<Undo>;
}

export type Undo = () => void;

export function useOptimisticCache(): OptimisticCache {
  const queries = useQueryClient();

  async function prepare(object: ObjectName): Promise<Undo> {
    const keys = [recordApi(object).key(), api.views.query.key()];
    // An answer under way would overwrite what is shown now.
    await Promise.all(keys.map((queryKey) => queries.cancelQueries({ queryKey })));
    const before: Snapshot = keys.flatMap((queryKey) => queries.getQueriesData({ queryKey }));
    return () => {
      for (const [key, data] of before) queries.setQueryData(key, data);
    };
  }

  return {
    async change(object, id, patch) {
      const undo = await prepare(object);
      const current = findRecord(queries, object, id);
      if (current) putRecord(queries, object, { ...current, ...definedOnly(patch) });
      return undo;
    },
    async drop(object, id) {
      const undo = await prepare(object);
      dropRecord(queries, object, id);
      return undo;
    },
  };
}

function definedOnly(patch: Partial<AnyRecord>): Record<string, FieldValue> {
  const entries = Object.entries(patch).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
