import type { RehearsedRun } from '../../../shared/contract/rehearsal.ts';
import type { StepResult } from '../../../shared/contract/workflows.ts';
import { recordName } from '../../crm/records/record-name.ts';
import type { Reader } from '../../db/handle.ts';
import { findDelivery, readContent } from '../../delivery/delivery-store.ts';
import { getExecution } from '../store/execution-store.ts';
import { makesRecord } from './tally.ts';

/**
 * A run of a rehearsal in full, as it stands.
 *
 * @param times when each of its steps was taken, ISO text
 */
export function describeRun(
  db: Reader,
  id: string,
  event: RehearsedRun['event'],
  times: readonly string[],
): RehearsedRun {
  const run = getExecution(db, id);
  return {
    id,
    event,
    record: run.record,
    record_name: run.record_name,
    status: run.status,
    end_reason: run.end_reason,
    error_message: run.error_message,
    started_at: run.started_at,
    finished_at: run.finished_at,
    waiting_until: run.waiting_until,
    waiting_for: run.waiting_for,
    steps: run.actions_executed.map((step, index) => ({
      at: times[index] ?? run.created_at,
      step,
      sends: sentBy(db, step),
    })),
    changes: changesOf(db, run.actions_executed),
  };
}

function sentBy(db: Reader, { output }: StepResult): RehearsedRun['steps'][number]['sends'] {
  const id = output?.['delivery_id'];
  const row = typeof id === 'string' ? findDelivery(db, id) : null;
  return row ? readContent(row) : null;
}

type Change = RehearsedRun['changes'][number];

function changesOf(db: Reader, steps: readonly StepResult[]): Change[] {
  const changes = new Map<string, Change>();
  for (const step of steps) {
    for (const { object, id, fields } of step.changes) {
      const name = recordName(db, { object, id });
      const fresh: Change = {
        object,
        id,
        record_name: name,
        is_new: makesRecord(step),
        fields: {},
      };
      const change = changes.get(id) ?? fresh;
      for (const [field, { old, new: value }] of Object.entries(fields)) {
        const first = change.fields[field];
        change.fields[field] = { old: first ? first.old : old, new: value };
      }
      changes.set(id, change);
    }
  }
  return [...changes.values()];
}
