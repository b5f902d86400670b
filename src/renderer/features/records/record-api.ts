import type { Client, ClientContext } from '@orpc/client';
import type { RouterUtils } from '@orpc/tanstack-query';
import type { Page } from '../../../shared/contract/lists.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';

/** A value of any field, as the API carries it. */
export type FieldValue = string | number | boolean | readonly string[] | null;

/** Any record, for the code that goes by the field registry instead of by names. */
export interface AnyRecord {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly [field: string]: FieldValue;
}

export interface ListInput {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  /** Exact-match filters such as `stage` or `company_id`. */
  readonly [filter: string]: string | number | undefined;
}

type Call<Input, Output> = Client<ClientContext, Input, Output, Error>;

type RecordCalls = {
  list: Call<ListInput | undefined, Page<AnyRecord>>;
  get: Call<{ id: string }, AnyRecord>;
  create: Call<Readonly<Record<string, FieldValue>>, AnyRecord>;
  update: Call<{ readonly id: string; readonly [field: string]: FieldValue }, AnyRecord>;
  remove: Call<{ id: string }, undefined>;
};

type RecordApi = RouterUtils<RecordCalls>;

const routers = {
  contact: api.contacts,
  company: api.companies,
  deal: api.deals,
  task: api.activities,
} as const satisfies Record<ObjectName, unknown>;

/** The five calls of a record kind, in the terms of the field registry. */
export function recordApi(object: ObjectName): RecordApi {
  const router: unknown = routers[object];
  // The contract makes all four from one function over the registry; only their field names differ.
  return router as RecordApi;
}

/** The same pieces everywhere: the screens of the kinds live under these addresses. */
export const recordRoutes = {
  contact: '/contacts/{-$recordId}',
  company: '/companies/{-$recordId}',
  deal: '/deals/{-$recordId}',
  task: '/tasks/{-$recordId}',
} as const satisfies Record<ObjectName, string>;
