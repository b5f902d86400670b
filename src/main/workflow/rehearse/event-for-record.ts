import type { EventData } from '../../../shared/events/event-types.ts';
import { eventTypes } from '../../../shared/events/event-types.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import { objectOfEvent } from '../../../shared/workflow/check-control.ts';
import { type Trigger, triggersOf } from '../../../shared/workflow/definition.ts';
import { readFieldReference } from '../../../shared/workflow/conditions/plan-rule.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { RecordKind } from '../../crm/records/record-kind.ts';
import { findRecord } from '../../crm/records/record-store.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid } from '../../errors.ts';
import { type EventRow, type NewEvent, readEvent } from '../../events/event-store.ts';
import { matchesTrigger } from '../decide/matches-trigger.ts';
import type { ListeningWorkflow } from '../executor/workflow-catalog.ts';
import { newestEventOf } from '../store/rehearsal-store.ts';

/** An event for a rehearsal on one record, and the stored one it repeats. */
export interface ChosenEvent {
  readonly event: NewEvent;
  readonly storedId: string | null;
}

interface Subject {
  readonly record: Readonly<Record<string, unknown>>;
  readonly keys: EventData['keys'];
}

/**
 * What would make the workflow look at a record: the newest event on file that one of its triggers hears, else one as the
 * trigger would have it for the record as it is now.
 *
 * @returns null when none of its triggers is about such a record: then it can only be started by hand
 * @throws UserError when the record is not there
 */
export function eventForRecord(
  db: Reader,
  workflow: ListeningWorkflow,
  reference: RecordReference,
): ChosenEvent | null {
  const subject = subjectOf(db, reference.object, reference.id);
  const triggers = triggersOf(workflow.definition);
  const heard = triggers.flatMap(({ type }) => eventTypes.filter((known) => known === type));
  for (const row of newestEventOf(db, reference, heard)) {
    const event = takenUp(row);
    if (event && matchesTrigger(workflow, event)) return { event, storedId: row.id };
  }
  for (const [index, trigger] of triggers.entries()) {
    const event = madeUp(workflow.id, trigger, index, reference, subject);
    if (event) return { event, storedId: null };
  }
  return null;
}

/** @throws UserError when there is no such record, or it is in the bin */
export function subjectOf<O extends ObjectName>(db: Reader, object: O, id: string): Subject {
  const kind: RecordKind<O> = recordKinds[object];
  const record = findRecord(db, kind, id);
  if (!record)
    throw invalid('on.record.id', `on.record.id: there is no ${kind.noun} with the id "${id}".`);
  return { record, keys: kind.eventKeys(record) };
}

/** A stored event as it happens once more; null for one meant for another workflow, or damaged. */
function takenUp(row: EventRow): NewEvent | null {
  try {
    const { type, object, record_id, data } = readEvent(row);
    if (data.target) return null;
    const { keys, changes, body, headers } = data;
    return {
      type,
      object,
      record_id,
      data: {
        keys,
        changes,
        ...(body === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers }),
      },
    };
  } catch {
    return null;
  }
}

function madeUp(
  workflowId: string,
  { type, config }: Trigger,
  index: number,
  { object, id }: RecordReference,
  { record, keys }: Subject,
): NewEvent | null {
  const event = (more: EventData['keys'], rest: Partial<EventData> = {}): NewEvent => ({
    type,
    object,
    record_id: id,
    data: { keys: { ...keys, ...more }, changes: {}, ...rest },
  });
  const target = { workflow_id: workflowId, trigger_index: index };
  switch (type) {
    case 'date_reached':
      return readFieldReference(config.field ?? '')?.object === object
        ? event({}, { target })
        : null;
    case 'task_overdue':
      return object === 'task' ? event({}, { target }) : null;
    case 'tag_added':
    case 'tag_removed':
      if (config.object !== undefined && config.object !== object) return null;
      return event({ tag: config.tag ?? firstTag(record) });
    case 'note_created':
      return event({ note_id: null, note_text: '' });
    case 'deal_stage_changed':
      if (object !== 'deal') return null;
      return event({ old_stage: config.from_stage ?? null, new_stage: String(record['stage']) });
    default: {
      if (objectOfEvent(type) !== object) return null;
      const fields = config.fields ?? [];
      const changes = fields.map(
        (name) => [name, { old: null, new: record[name] ?? null }] as const,
      );
      return event({}, { changes: Object.fromEntries(changes) });
    }
  }
}

function firstTag({ tags }: Subject['record']): string {
  return Array.isArray(tags) && typeof tags[0] === 'string' ? tags[0] : '';
}
