import type { Reader, Writer } from '../../db/handle.ts';

/** `resumed`: a wait ended late. `started`: a trigger fired late. `skipped`: left out, since it was too late. */
export type AwayOutcome = 'resumed' | 'started' | 'skipped';

export interface AwayCount {
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly outcome: AwayOutcome;
  readonly count: number;
  readonly away_since: string;
  readonly away_until: string;
}

/** Adds one; counts of several absences add up until the user dismisses them. */
export function countAway(
  db: Writer,
  workflowId: string,
  outcome: AwayOutcome,
  since: string,
  until: string,
): void {
  db.run(
    `INSERT INTO away_outcomes (workflow_id, outcome, count, away_since, away_until) VALUES (?, ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + 1, away_until = excluded.away_until`,
    workflowId,
    outcome,
    since,
    until,
  );
}

export function readAway(db: Reader): AwayCount[] {
  return db.all<AwayCount>(
    `SELECT a.*, w.name AS workflow_name FROM away_outcomes a JOIN workflows w ON w.id = a.workflow_id
      WHERE coalesce(w.is_deleted, 0) = 0 ORDER BY w.seq, a.outcome`,
  );
}

export function dismissAway(db: Writer): void {
  db.run('DELETE FROM away_outcomes');
}
