import type { EventData, EventType } from '../../../shared/events/event-types.ts';
import {
  editableFieldsOf,
  type RecordDto,
  type RecordInput,
} from '../../../shared/model/fields/registry.ts';
import {
  type ObjectName,
  objectNames,
  type RecordReference,
} from '../../../shared/model/objects.ts';
import { triggersOf } from '../../../shared/workflow/definition.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { RecordKind } from '../../crm/records/record-kind.ts';
import { createRecord, findRecord } from '../../crm/records/record-store.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { NewEvent } from '../../events/event-store.ts';
import { ReachableRecords } from '../executor/run-context.ts';
import type { ListeningWorkflow } from '../executor/workflow-catalog.ts';
import { eventForRecord } from './event-for-record.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a test begins with: a record, those it leads to, and what happened to it. */
export interface Fixture {
  readonly object: ObjectName;
  /** ISO text: the clock of the test begins here. */
  readonly at: string;
  readonly records: Readonly<Partial<Record<ObjectName, Values>>>;
  /** Null: it is started by hand. */
  readonly event: {
    readonly type: EventType;
    readonly changes: EventData['changes'];
    /** The flat keys that do not follow from the record. */
    readonly keys: EventData['keys'];
    /** Of a trigger that time fires. */
    readonly trigger_index: number | null;
  } | null;
}

/** Links between the records of a fixture; all others are left out, for they lead out of it. */
const links = { contact_id: 'contact', company_id: 'company', deal_id: 'deal' } as const;

/** Companies first: a record is made after those it points at. */
const order: readonly ObjectName[] = ['company', 'contact', 'deal', 'task'];

/** @throws UserError when the record is not there */
export function takeFixture(
  db: Reader,
  workflow: ListeningWorkflow,
  reference: RecordReference,
  startAnyway: boolean,
  at: string,
): Fixture {
  const chosen = startAnyway ? null : eventForRecord(db, workflow, reference);
  const reached = new ReachableRecords(db, reference);
  const records: Partial<Record<ObjectName, Values>> = {};
  for (const object of objectNames) {
    const record = reached.record(object);
    if (record) records[object] = valuesOf(object, record);
  }
  return {
    object: reference.object,
    at,
    records,
    event: chosen ? eventOf(db, chosen.event, reference) : null,
  };
}

function valuesOf(object: ObjectName, record: Values): Values {
  const fields = editableFieldsOf(object).filter(
    ({ name }) => name !== 'owner_id' && record[name] !== null && record[name] !== undefined,
  );
  return Object.fromEntries(fields.map(({ name }) => [name, record[name]]));
}

function eventOf(db: Reader, { type, data }: NewEvent, { object, id }: RecordReference) {
  const own = keysOf(db, object, id);
  const keys = Object.entries(data.keys).filter(([name]) => !(name in own));
  return {
    type,
    changes: data.changes,
    keys: Object.fromEntries(keys),
    trigger_index: data.target?.trigger_index ?? null,
  };
}

function keysOf<O extends ObjectName>(db: Reader, object: O, id: string): EventData['keys'] {
  const kind: RecordKind<O> = recordKinds[object];
  const record = findRecord(db, kind, id);
  return record ? kind.eventKeys(record) : {};
}

/** The records of a fixture, made anew: ids by object. */
export function makeRecords(unit: UnitOfWork, { records }: Fixture): Map<ObjectName, string> {
  const ids = new Map<ObjectName, string>();
  for (const object of order) {
    const values = records[object];
    if (!values) continue;
    const wired = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
      const target = name in links ? links[name as keyof typeof links] : null;
      if (target === null) return [[name, value]];
      const id = ids.get(target);
      return id === undefined ? [] : [[name, id]];
    });
    ids.set(object, make(unit, object, Object.fromEntries(wired)).id);
  }
  return ids;
}

function make<O extends ObjectName>(unit: UnitOfWork, object: O, values: Values): RecordDto<O> {
  const kind: RecordKind<O> = recordKinds[object];
  // Taken from such a record by takeFixture; the store refuses what the file takes no more.
  return createRecord(unit, kind, values as RecordInput<O>);
}

/** What happened to the record, for the one that stands for it now. */
export function eventOfFixture(
  db: Reader,
  { object, event }: Fixture,
  id: string,
  workflow: ListeningWorkflow,
): NewEvent | null {
  if (!event) return null;
  const { type, changes, keys, trigger_index: index } = event;
  const timed = triggersOf(workflow.definition).findIndex((trigger) => trigger.type === type);
  const target = index === null ? null : { workflow_id: workflow.id, trigger_index: timed };
  return {
    type,
    object,
    record_id: id,
    data: { keys: { ...keys, ...keysOf(db, object, id) }, changes, ...(target ? { target } : {}) },
  };
}
