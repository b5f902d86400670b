import type { ClosedMonth, HomeSummary, RunsSince } from '../../../shared/contract/home.ts';
import { fromMinorUnits } from '../../../shared/model/money.ts';
import { addRelativeDate, dateOf, startOfDate } from '../../../shared/workflow/relative-date.ts';
import type { Deal } from '../../../shared/model/fields/registry.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import { listExecutions } from '../../workflow/store/execution-store.ts';
import { recordKinds } from '../records/kinds.ts';
import type { Row } from '../records/record-kind.ts';
import { readStored } from '../records/record-store.ts';
import { readTrends } from './home-figures.ts';

const shownTasks = 8;
const shownRuns = 8;
const shownDeals = 5;
const shownMonths = 12;
/** Days in which a deal closes soon, and after which one that nobody changed is stale. */
const nearDays = 14;

export interface SummaryInput {
  /** Epoch milliseconds. */
  readonly now: number;
  /** ISO text. */
  readonly endOfToday: string;
  /** IANA name of the zone days and months are meant in. */
  readonly timeZone: string;
}

/** Everything the first screen shows but the pipeline. Counts and sums of all deals: for a reader, not the main thread. */
export function readSummary(db: Reader, input: SummaryInput): HomeSummary {
  const { now, timeZone } = input;
  const day = (days: number): number =>
    addRelativeDate(now, { amount: days, unit: 'day' }, timeZone);
  return {
    ...readTrends(db, now),
    tasks: dueTasks(db, input.endOfToday),
    recent_runs: listExecutions(db, { limit: shownRuns }, []).items,
    closing: openDeals(db, 'r.expected_close_date <= ?', 'r.expected_close_date', [
      dateOf(day(nearDays), timeZone),
    ]),
    stale: openDeals(db, 'r.updated_at < ?', 'r.updated_at', [
      new Date(day(-nearDays)).toISOString(),
    ]),
    closed: closedByMonth(db, now, timeZone),
  };
}

/** What has waited longest comes first. */
function dueTasks(db: Reader, endOfToday: string): HomeSummary['tasks'] {
  const kind = recordKinds.task;
  return db
    .all<Row>(
      `${kind.select} WHERE r.deleted_at IS NULL AND r.completed_at IS NULL AND r.due_at < ?
         ORDER BY r.due_at, r.seq LIMIT ?`,
      endOfToday,
      shownTasks,
    )
    .map((row) => readStored(db, kind, row).record);
}

/** Runs since an instant, ISO text in UTC; those that were never taken up are none. */
export function countRunsSince(db: Reader, { since }: { readonly since: string }): RunsSince {
  const row = db.get<{ count: number; failed: number | null }>(
    `SELECT count(*) AS count, sum(status = 'failed' OR status = 'parked') AS failed
       FROM workflow_executions WHERE created_at > ? AND status <> 'skipped'`,
    since,
  );
  return { count: row?.count ?? 0, failed: row?.failed ?? 0 };
}

/** The first few of the open deals that fulfil a condition, and how many there are. */
function openDeals(
  db: Reader,
  condition: string,
  order: string,
  values: readonly SqlValue[],
): { items: Deal[]; count: number } {
  const kind = recordKinds.deal;
  const where = `r.deleted_at IS NULL AND ${condition}
    AND r.stage_id IN (SELECT id FROM stages WHERE kind = 'open')`;
  const count = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM deals r WHERE ${where}`,
    ...values,
  );
  const rows = db.all<Row>(
    `${kind.select} WHERE ${where} ORDER BY ${order}, r.seq LIMIT ?`,
    ...values,
    shownDeals,
  );
  return {
    items: rows.map((row) => readStored(db, kind, row).record),
    count: count?.count ?? 0,
  };
}

interface MonthSum {
  readonly kind: string;
  readonly currency: string;
  readonly deal_count: number;
  readonly total: number | null;
}

function closedByMonth(db: Reader, now: number, timeZone: string): ClosedMonth[] {
  const months = monthsUntil(dateOf(now, timeZone).slice(0, 7), shownMonths + 1);
  return months.slice(0, -1).map((month, index) => {
    const [from, until] = [month, months[index + 1] ?? month].map((one) =>
      new Date(startOfDate(`${one}-01`, timeZone)).toISOString(),
    );
    const sums = db.all<MonthSum>(
      `SELECT s.kind, d.currency, count(*) AS deal_count, sum(d.value_minor) AS total
         FROM deals d JOIN stages s ON s.id = d.stage_id
         WHERE d.closed_at >= ? AND d.closed_at < ? AND d.deleted_at IS NULL
         GROUP BY s.kind, d.currency`,
      from ?? '',
      until ?? '',
    );
    const of = (kind: string) => sums.filter((sum) => sum.kind === kind);
    const count = (kind: string) => of(kind).reduce((all, sum) => all + sum.deal_count, 0);
    const totals = (kind: string) =>
      of(kind).flatMap(({ currency, total }) =>
        total === null ? [] : [{ currency, value: fromMinorUnits(total, currency) }],
      );
    return {
      month,
      from: from ?? '',
      until: until ?? '',
      won: count('won'),
      lost: count('lost'),
      won_totals: totals('won'),
      lost_totals: totals('lost'),
    };
  });
}

/** As many months, such as `2026-03`, the last of them the one after the given. */
function monthsUntil(month: string, count: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.UTC(year, number - count + 1 + index, 1));
    return at.toISOString().slice(0, 7);
  });
}
