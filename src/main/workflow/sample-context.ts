import type { RecordReference } from '../../shared/model/objects.ts';
import { isTriggerType, type TriggerLike } from '../../shared/workflow/triggers.ts';
import { recordKinds } from '../crm/records/kinds.ts';
import { localUserId } from '../crm/records/record-store.ts';
import type { Reader } from '../db/handle.ts';
import { notFound } from '../errors.ts';
import { recentEventsOf, type StoredEvent } from '../events/event-store.ts';
import { ReachableRecords, templateContext } from './executor/run-context.ts';
import { keysOf } from './workflow-service.ts';

/** Events of a record among which one that fits is looked for. */
const recentEvents = 200;

interface SampleInput {
  readonly triggers: readonly {
    readonly type: string;
    readonly config: Readonly<Record<string, unknown>>;
  }[];
  readonly record: RecordReference;
  readonly workflow_name: string;
}

interface Sample {
  readonly context: Record<string, unknown>;
  readonly event: { readonly type: string; readonly occurred_at: string } | null;
}

/**
 * What templates would see in a run for a record, before there is one: frozen values from the newest event of the record
 * that a trigger is about, or as the record is now; live values as they are.
 *
 * @param nowText ISO 8601
 * @throws UserError `not_found` when the record is gone
 */
export function sampleContext(db: Reader, input: SampleInput, nowText: string): Sample {
  const { object, id } = input.record;
  const triggers = input.triggers.flatMap(({ type, config }): TriggerLike[] => {
    const { field } = config;
    if (!isTriggerType(type)) return [];
    return [{ type, config: typeof field === 'string' ? { field } : {} }];
  });
  const keys = keysOf(db, object, id);
  if (!keys) throw notFound(recordKinds[object].noun, id);
  const past = recentEventsOf(db, id, recentEvents).find(({ type }) =>
    triggers.some((trigger) => trigger.type === type),
  );
  const event: StoredEvent = past ?? {
    seq: 0,
    id: '',
    type: 'manual',
    object,
    record_id: id,
    data: { keys, changes: {} },
    actor: { kind: 'user' },
    chain: [],
    occurred_at: nowText,
  };
  const context = templateContext(
    db,
    {
      triggers: triggers.length === 0 ? [{ type: 'manual' }] : triggers,
      event,
      workflow: { id: '', name: input.workflow_name, owner_id: localUserId(db) },
      execution_id: '',
    },
    new ReachableRecords(db, input.record),
    {},
    nowText,
  );
  return {
    // Records are read when asked for; here all of them are.
    context: { ...context },
    event: past ? { type: past.type, occurred_at: past.occurred_at } : null,
  };
}
