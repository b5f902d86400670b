import type { ConditionFacts } from '../../../shared/workflow/conditions/evaluate-conditions.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import type { ReachableRecords } from './run-context.ts';

/** What conditions are judged on in a run: the records as they are now, the changes as the event tells them. */
export function conditionFacts(
  unit: Pick<UnitOfWork, 'now' | 'timeZone' | 'db'>,
  records: ReachableRecords,
  event: StoredEvent,
): ConditionFacts {
  return {
    now: unit.now,
    timeZone: unit.timeZone,
    custom: customFields(unit.db),
    read: (object, field) => {
      const record: Readonly<Record<string, unknown>> | null = records.record(object);
      return record?.[field];
    },
    change: (object, field) =>
      event.object === object ? (event.data.changes[field] ?? null) : null,
  };
}
