import type { EventData } from '../../../shared/events/event-types.ts';
import type { RecordDto } from '../../../shared/model/fields/registry.ts';
import {
  type ObjectName,
  objectNames,
  type RecordReference,
} from '../../../shared/model/objects.ts';
import { type TriggerLike, triggerReach } from '../../../shared/workflow/triggers.ts';
import { localUser } from '../../crm/settings/file-settings.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import { findRecord } from '../../crm/records/record-store.ts';
import type { Reader } from '../../db/handle.ts';
import type { StoredEvent } from '../../events/event-store.ts';

export interface RunSubject {
  readonly triggers: readonly TriggerLike[];
  readonly event: StoredEvent;
  readonly workflow: { readonly id: string; readonly name: string; readonly owner_id: string };
  readonly execution_id: string;
}

/**
 * The records a run reaches, read when asked for: live at step time. The contact of a deal is its primary contact,
 * the company the deal's own, else the contact's.
 */
export class ReachableRecords {
  private readonly db: Reader;
  private readonly subject: RecordReference | null;
  private readonly items: Readonly<Partial<Record<ObjectName, string>>>;

  /** @param items records that stand in for what the subject would lead to */
  constructor(
    db: Reader,
    subject: RecordReference | null,
    items: Readonly<Partial<Record<ObjectName, string>>> = {},
  ) {
    this.db = db;
    this.subject = subject;
    this.items = items;
  }

  /** The ids of every record it reaches. */
  ids(): string[] {
    return objectNames.flatMap((object) => this.idOf(object) ?? []);
  }

  record<O extends ObjectName>(object: O): RecordDto<O> | null {
    const id = this.idOf(object);
    return id === null ? null : findRecord(this.db, recordKinds[object], id);
  }

  /** Whether a `for_each` the run is in goes through such records. */
  isItem(object: ObjectName): boolean {
    return this.items[object] !== undefined;
  }

  /** The id of the record it reaches as an object; the record itself may be in the bin. */
  idOf(object: ObjectName): string | null {
    const item = this.items[object];
    if (item !== undefined) return item;
    if (!this.subject) return null;
    if (this.subject.object === object) return this.subject.id;
    switch (object) {
      case 'contact':
        return this.link('contact_id');
      case 'company':
        return this.link('company_id') ?? this.record('contact')?.company_id ?? null;
      case 'deal':
        return this.link('deal_id');
      case 'task':
        return null;
    }
  }

  private link(name: string): string | null {
    const { subject } = this;
    const record: Readonly<Record<string, unknown>> | null = subject
      ? this.own(subject.object, subject.id)
      : null;
    const id = record?.[name];
    return typeof id === 'string' ? id : null;
  }

  private own<O extends ObjectName>(object: O, id: string): RecordDto<O> | null {
    return findRecord(this.db, recordKinds[object], id);
  }
}

/** A part of the event that its sender filled as it liked; empty where a start by hand has none. */
function freePart(data: EventData, name: string): unknown {
  return (name === 'body' ? data.body : name === 'headers' ? data.headers : null) ?? null;
}

/** Empty values of a record's fields, so that a template on a missing record renders empty with a warning. */
const nothing = Object.freeze({});

/**
 * What templates see at a step, in the shape `contextShape` promises. Records are getters: only those a template
 * names are read.
 *
 * @param steps outputs of the steps before, by id
 */
export function templateContext(
  db: Reader,
  run: RunSubject,
  records: ReachableRecords,
  steps: Readonly<Record<string, unknown>>,
  now: string,
): object {
  const { keys: names, supplies, free } = triggerReach(run.triggers);
  const { data } = run.event;
  const given = data.keys;
  const keys = Object.fromEntries(names.map((name) => [name, given[name] ?? null]));
  const context = {
    ...keys,
    owner_id: keys['owner_id'] ?? run.workflow.owner_id,
    changes: data.changes,
    steps,
    trigger: { ...keys, ...Object.fromEntries(free.map((name) => [name, freePart(data, name)])) },
    workflow: { id: run.workflow.id, name: run.workflow.name },
    execution: { id: run.execution_id },
    now,
  };
  Object.defineProperty(context, 'user', {
    enumerable: true,
    get: () => {
      const { name, email } = localUser(db);
      return { name, email };
    },
  });
  for (const object of objectNames) {
    if (!supplies.includes(object) && !records.isItem(object)) continue;
    Object.defineProperty(context, object, {
      enumerable: true,
      get: () => records.record(object) ?? nothing,
    });
  }
  return context;
}
