import type { RefusingRule } from '../../../shared/workflow/conditions/explain-refusal.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

/** Why an event that a workflow's trigger matched did not start it. A loop is in the history of runs instead. */
export type Refusal =
  | { readonly rule: 'conditions'; readonly seen: { readonly rules: readonly RefusingRule[] } }
  | {
      readonly rule: 're_entry';
      readonly seen: { readonly re_entry: string; readonly reason: string };
    }
  | { readonly rule: 'paused'; readonly seen: Readonly<Record<string, never>> };

/** Keeps the first rule that said no. */
export function recordRefusal(
  unit: UnitOfWork,
  { workflow, event }: { readonly workflow: { id: string }; readonly event: { id: string } },
  { rule, seen }: Refusal,
): void {
  unit.db.run(
    'INSERT OR IGNORE INTO enrolment_refusals (workflow_id, event_id, rule, seen, at) VALUES (?, ?, ?, ?, ?)',
    workflow.id,
    event.id,
    rule,
    JSON.stringify(seen),
    unit.nowText,
  );
}

/** @returns null when nothing was kept, or when its text was damaged */
export function findRefusal(db: Reader, workflowId: string, eventId: string): Refusal | null {
  const row = db.get<{ rule: string; seen: string }>(
    'SELECT rule, seen FROM enrolment_refusals WHERE event_id = ? AND workflow_id = ?',
    eventId,
    workflowId,
  );
  if (!row) return null;
  try {
    // Written by recordRefusal alone.
    return { rule: row.rule, seen: JSON.parse(row.seen) } as Refusal;
  } catch {
    return null;
  }
}
