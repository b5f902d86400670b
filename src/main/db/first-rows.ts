import type { UnitOfWork } from './unit-of-work.ts';

const defaultStages = [
  { slug: 'qualification', name: 'Qualification', kind: 'open', probability: 25 },
  { slug: 'proposal', name: 'Proposal', kind: 'open', probability: 50 },
  { slug: 'negotiation', name: 'Negotiation', kind: 'open', probability: 75 },
  { slug: 'won', name: 'Won', kind: 'won', probability: 100 },
  { slug: 'lost', name: 'Lost', kind: 'lost', probability: 0 },
] as const;

/** What a new file starts with: one user, one pipeline. Does nothing on a file that has them. */
export function insertFirstRows(unit: UnitOfWork): void {
  const { db, ids, nowText } = unit;
  if (!db.get('SELECT 1 FROM users LIMIT 1')) {
    db.run('INSERT INTO users (id, name, created_at) VALUES (?, ?, ?)', ids.next(), 'Me', nowText);
  }
  if (db.get('SELECT 1 FROM pipelines LIMIT 1')) return;
  const pipeline = ids.next();
  db.run(
    'INSERT INTO pipelines (id, slug, name, position) VALUES (?, ?, ?, 0)',
    pipeline,
    'sales',
    'Sales',
  );
  for (const [position, stage] of defaultStages.entries()) {
    db.run(
      'INSERT INTO stages (id, pipeline_id, slug, name, position, kind, probability) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ids.next(),
      pipeline,
      stage.slug,
      stage.name,
      position,
      stage.kind,
      stage.probability,
    );
  }
}
