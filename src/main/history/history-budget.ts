import type { Reader } from '../db/handle.ts';

/** How much history is kept: what is older, or more, goes. */
export interface HistoryBudget {
  readonly days: number;
  readonly megabytes: number;
}

const defaultHistoryBudget: HistoryBudget = { days: 365, megabytes: 1_024 };

/** The budget in the file; what SQL made unreadable counts as not set. */
export function historyBudget(db: Reader): HistoryBudget {
  const read = (key: string, otherwise: number): number => {
    const row = db.get<{ value: string }>('SELECT value FROM file_settings WHERE key = ?', key);
    const value = Number(row?.value ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  return {
    days: read('history_days', defaultHistoryBudget.days),
    megabytes: read('history_megabytes', defaultHistoryBudget.megabytes),
  };
}

const dayMs = 86_400_000;

export interface HistorySize {
  /** Estimated bytes in the file. */
  readonly bytes: number;
  /** Oldest and newest row of the events, which history follows; null without any. */
  readonly first: { readonly seq: number; readonly at: string } | null;
  readonly last: { readonly seq: number } | null;
}

/**
 * What is too old to keep. Too much in bytes is taken for too old as well: history grows evenly enough that leaving
 * out the same share of its events gets near, and the next look gets nearer.
 *
 * @param atSeq when the event of that number, or the next one there is, occurred
 * @returns ISO text: what is older goes
 */
export function historyCutoff(
  budget: HistoryBudget,
  { bytes, first, last }: HistorySize,
  now: number,
  atSeq: (seq: number) => string | null,
): string {
  const byAge = new Date(now - budget.days * dayMs).toISOString();
  const allowed = budget.megabytes * 1_048_576;
  if (bytes <= allowed || !first || !last) return byAge;
  const share = 1 - allowed / bytes;
  const bySize = atSeq(first.seq + Math.ceil((last.seq - first.seq) * share));
  return bySize !== null && bySize > byAge ? bySize : byAge;
}
