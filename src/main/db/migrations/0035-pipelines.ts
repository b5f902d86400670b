/**
 * Several pipelines, in an order, and what a deal in each stage is likely to come to. The default lets a program that
 * knows nothing of either go on adding stages.
 */
export const pipelines = {
  version: 35,
  name: 'pipelines',
  sql: `
ALTER TABLE pipelines ADD COLUMN slug TEXT NOT NULL DEFAULT '';
ALTER TABLE pipelines ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE pipelines SET
  position = (SELECT count(*) FROM pipelines earlier WHERE earlier.seq < pipelines.seq),
  slug = CASE WHEN seq = (SELECT min(seq) FROM pipelines) THEN 'sales' ELSE 'pipeline_' || seq END;

ALTER TABLE stages ADD COLUMN probability INTEGER NOT NULL DEFAULT 0;
UPDATE stages SET probability = CASE kind
  WHEN 'won' THEN 100
  WHEN 'open' THEN
    100 * (SELECT count(*) FROM stages o WHERE o.pipeline_id = stages.pipeline_id AND o.kind = 'open'
             AND (o.position < stages.position OR (o.position = stages.position AND o.seq <= stages.seq)))
      / (1 + (SELECT count(*) FROM stages o WHERE o.pipeline_id = stages.pipeline_id AND o.kind = 'open'))
  ELSE 0 END;
`,
} as const;
