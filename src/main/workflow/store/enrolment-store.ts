import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader, Writer } from '../../db/handle.ts';

/** A job that takes records into a workflow, in slices. */
export interface Enrolment {
  readonly id: string;
  readonly workflow_id: string;
  readonly object: ObjectName;
  /** JSON list of ids that were picked; null: all that match. */
  readonly record_ids: string | null;
  /** The `seq` of the record to go on with, and of the last one there was. */
  readonly next_seq: number;
  readonly last_seq: number;
  readonly total: number;
  readonly started: number;
  /** Who asked for it, as JSON. */
  readonly actor: string;
}

export function insertEnrolment(
  db: Writer,
  job: Omit<Enrolment, 'started' | 'next_seq'>,
  at: string,
): void {
  db.run(
    `INSERT INTO enrolments (id, workflow_id, object, record_ids, next_seq, last_seq, total, started, actor, created_at)
     VALUES (?, ?, ?, ?, 0, ?, ?, 0, ?, ?)`,
    job.id,
    job.workflow_id,
    job.object,
    job.record_ids,
    job.last_seq,
    job.total,
    job.actor,
    at,
  );
}

export function hasOpenEnrolment(db: Reader): boolean {
  return db.get('SELECT 1 FROM enrolments WHERE finished_at IS NULL LIMIT 1') !== undefined;
}

export function openEnrolment(db: Reader): Enrolment | undefined {
  return db.get<Enrolment>(
    'SELECT * FROM enrolments WHERE finished_at IS NULL ORDER BY seq LIMIT 1',
  );
}

/** @param finishedAt null while there is more to do */
export function advanceEnrolment(
  db: Writer,
  id: string,
  nextSeq: number,
  started: number,
  finishedAt: string | null,
): void {
  db.run(
    'UPDATE enrolments SET next_seq = ?, started = started + ?, finished_at = ? WHERE id = ?',
    nextSeq,
    started,
    finishedAt,
    id,
  );
}
