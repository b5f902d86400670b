import type {
  RehearsalCounts,
  RehearsalMessage,
  RehearsedDifference,
  RehearsedRefusal,
  RehearsedRun,
} from '../../../shared/contract/rehearsal.ts';
import { recordName } from '../../crm/records/record-name.ts';
import type { Reader } from '../../db/handle.ts';
import type { StoredEvent } from '../../events/event-store.ts';
import { readSteps } from '../store/execution-store.ts';
import type { RunRow } from '../store/rehearsal-store.ts';
import { describeRun } from './describe-run.ts';
import type { OtherListeners } from './other-listeners.ts';
import { Tally } from './tally.ts';

/** As many are told in full; the rest is in the counts. */
const toldInFull = 200;

/** So many runs make a message: to take it in must not hold whoever shows them. */
const runsAtOnce = 40;

interface KnownRun {
  readonly event: RehearsedRun['event'];
  /** When each of its steps was taken. */
  readonly times: string[];
  readonly inFull: boolean;
}

/** What a rehearsal found so far, and what of it was not told yet. */
export class Findings {
  readonly tally = new Tally();
  private readonly db: Reader;
  private readonly others: OtherListeners;
  private readonly runs = new Map<string, KnownRun>();
  private readonly untold = new Set<string>();
  private refusals: RehearsedRefusal[] = [];
  private differences: RehearsedDifference[] = [];
  private toldRefusals = 0;
  private toldDifferences = 0;

  constructor(db: Reader, others: OtherListeners) {
    this.db = db;
    this.others = others;
  }

  get hasNews(): boolean {
    return this.untold.size > 0 || this.refusals.length > 0 || this.differences.length > 0;
  }

  /** @param eventId the stored event it began with; null for one made up */
  noteRun(row: RunRow, eventId: string | null, nowText: string): void {
    const steps = readSteps(this.db, row.id);
    this.tally.count(row.id, row.status, steps);
    const event = { id: eventId, type: row.event_type, occurred_at: row.occurred_at };
    const fresh = { event, times: [], inFull: this.runs.size < toldInFull };
    const run: KnownRun = this.runs.get(row.id) ?? fresh;
    this.runs.set(row.id, run);
    while (run.times.length < steps.length) run.times.push(nowText);
    if (run.inFull) this.untold.add(row.id);
  }

  noteRefusal(
    event: StoredEvent,
    eventId: string | null,
    refusal: Pick<RehearsedRefusal, 'rule' | 'message' | 'seen'>,
  ): void {
    this.tally.refuse(refusal.rule);
    if (this.toldRefusals >= toldInFull) return;
    this.toldRefusals += 1;
    const { object, record_id: id, type, occurred_at } = event;
    const record = object === null || id === null ? null : { object, id };
    this.refusals.push({
      event: { id: eventId, type, occurred_at },
      record,
      record_name: record ? recordName(this.db, record) : null,
      ...refusal,
    });
  }

  noteDifference(difference: Omit<RehearsedDifference, 'record_name'>): void {
    this.tally.differences += 1;
    if (this.toldDifferences >= toldInFull) return;
    this.toldDifferences += 1;
    const name = recordName(this.db, difference.record);
    this.differences.push({ ...difference, record_name: name });
  }

  counts(): RehearsalCounts {
    return this.tally.counts(this.others.counts());
  }

  /** A part of what was found since it was asked last. */
  tell(): Extract<RehearsalMessage, { kind: 'found' }> {
    const ids = [...this.untold].slice(0, runsAtOnce);
    const runs = ids.flatMap((id) => {
      const run = this.runs.get(id);
      return run ? [describeRun(this.db, id, run.event, run.times)] : [];
    });
    const { refusals, differences } = this;
    for (const id of ids) this.untold.delete(id);
    this.refusals = [];
    this.differences = [];
    return { kind: 'found', counts: this.counts(), runs, refusals, differences };
  }
}
