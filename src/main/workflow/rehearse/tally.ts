import type { RehearsalCounts } from '../../../shared/contract/rehearsal.ts';
import type { StepResult } from '../../../shared/contract/workflows.ts';
import type { ExecutionStatus } from '../../../shared/workflow/definition.ts';

type StepCount = RehearsalCounts['steps'][number];
type Rule = RehearsalCounts['refused'][number]['rule'];

/** What a run had come to when it was counted last. */
interface Counted {
  status: ExecutionStatus;
  results: readonly StepResult[];
}

/** Steps whose changes are those of a record they made. */
const making = new Set([
  'create_task',
  'create_deal',
  'create_contact',
  'create_company',
  'log_activity',
]);

export function makesRecord({ type }: Pick<StepResult, 'type'>): boolean {
  return making.has(type);
}

/** Counts what runs come to. A run that goes on is counted anew, so the counts are right at every moment. */
export class Tally {
  events = 0;
  matching = 0;
  differences = 0;
  private readonly runs = new Map<string, Counted>();
  private readonly statuses = new Map<ExecutionStatus, number>();
  private readonly refused = new Map<Rule, number>();
  private readonly steps = new Map<string, StepCount>();
  private readonly branches = new Map<string, RehearsalCounts['branches'][number]>();
  private readonly changed = new Set<string>();
  private readonly made = new Set<string>();
  private emails = 0;
  private webhooks = 0;

  refuse(rule: Rule): void {
    this.refused.set(rule, (this.refused.get(rule) ?? 0) + 1);
  }

  /** @returns whether the run is new */
  count(id: string, status: ExecutionStatus, results: readonly StepResult[]): boolean {
    const before = this.runs.get(id);
    if (before) this.add(this.statuses, before.status, -1);
    this.add(this.statuses, status, 1);
    const counted = before?.results ?? [];
    // Only the last of them may have gone on since.
    const same = counted.length - (counted.length === 0 ? 0 : 1);
    for (const result of counted.slice(same)) this.countStep(result, -1);
    for (const result of results.slice(same)) {
      this.countStep(result, 1);
      this.noteRecords(result);
    }
    this.runs.set(id, { status, results });
    return !before;
  }

  /** Whether a run changed or made the record. */
  hasTouched(recordId: string): boolean {
    return this.changed.has(recordId) || this.made.has(recordId);
  }

  counts(wouldStart: RehearsalCounts['would_start']): RehearsalCounts {
    return {
      events: this.events,
      matching: this.matching,
      runs: this.runs.size,
      statuses: Object.fromEntries([...this.statuses].filter(([, count]) => count > 0)),
      refused: [...this.refused].map(([rule, count]) => ({ rule, count })),
      steps: [...this.steps.values()].filter(({ taken }) => taken > 0).map((step) => ({ ...step })),
      branches: [...this.branches.values()]
        .filter(({ count }) => count > 0)
        .map((branch) => ({ ...branch })),
      emails: this.emails,
      webhooks: this.webhooks,
      records_changed: this.changed.size,
      records_made: this.made.size,
      would_start: wouldStart,
      differences: this.differences,
    };
  }

  private add<K>(counts: Map<K, number>, key: K, by: number): void {
    counts.set(key, (counts.get(key) ?? 0) + by);
  }

  private countStep(result: StepResult, by: number): void {
    const { id, status, type } = result;
    const fresh = { step_id: id, taken: 0, succeeded: 0, failed: 0, skipped: 0, waiting: 0 };
    const step = this.steps.get(id) ?? fresh;
    this.steps.set(id, step);
    step.taken += by;
    if (
      status === 'succeeded' ||
      status === 'failed' ||
      status === 'skipped' ||
      status === 'waiting'
    )
      step[status] += by;
    const branch = branchOf(result);
    if (branch !== null) {
      const key = `${id} ${branch}`;
      const known = this.branches.get(key) ?? { step_id: id, branch, count: 0 };
      known.count += by;
      this.branches.set(key, known);
    }
    if (result.output?.['delivery_id'] === undefined) return;
    if (type === 'send_email') this.emails += by;
    if (type === 'webhook') this.webhooks += by;
  }

  private noteRecords(result: StepResult): void {
    const records = makesRecord(result) ? this.made : this.changed;
    for (const { id } of result.changes) if (!this.made.has(id)) records.add(id);
  }
}

/** The way a run took at a step; null where there is but one. */
function branchOf({ output, status, type }: StepResult): string | null {
  const branch = output?.['branch'];
  if (typeof branch === 'string') return branch;
  if (type === 'wait') return output?.['ended_by'] === 'timeout' ? 'timeout' : null;
  return status === 'failed' ? 'on_error' : null;
}
