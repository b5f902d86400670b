/** When a deal was won or lost: what "won and lost over time" counts by, told by the events so far where there are any. */
export const closedDeals = {
  version: 37,
  name: 'closed-deals',
  sql: `
ALTER TABLE deals ADD COLUMN closed_at TEXT;
UPDATE deals SET closed_at = updated_at
  WHERE stage_id IN (SELECT id FROM stages WHERE kind <> 'open');
UPDATE deals SET closed_at = told.at
  FROM (SELECT record_id, max(occurred_at) AS at FROM events
          WHERE type IN ('deal_won', 'deal_lost') GROUP BY record_id) AS told
  WHERE told.record_id = deals.id AND deals.closed_at IS NOT NULL;
CREATE INDEX deals_closed ON deals(closed_at) WHERE closed_at IS NOT NULL;
`,
} as const;
