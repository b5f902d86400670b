import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { DamagedFileError } from '../db/damage.ts';
import { UserError, type UserErrorCode } from '../errors.ts';
import type { Job, JobResults } from './jobs.ts';

export type JobReply =
  | { readonly kind: 'done'; readonly result: JobResults[Job['kind']] }
  | {
      readonly kind: 'failed';
      /** Null: no fault of the user's. */
      readonly code: UserErrorCode | null;
      readonly message: string;
      readonly is_damage: boolean;
      readonly field?: string;
    };

/** In the sources the worker lies beside this file; the build puts it beside the hosts, and this file perhaps deeper. */
const places = ['./backup-worker.ts', './backup-worker.js', '../backup-worker.js'];

function workerFile(): URL {
  const file = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url));
  if (file === undefined) throw new Error('backup-worker.js is missing: build Trellis again');
  return file;
}

export interface JobData {
  readonly job: Job;
  readonly cancelled: Int32Array;
}

/** Tells a thread, which hears of nothing while SQLite works, that nobody wants its result any more. */
export class JobCancel {
  readonly cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  get isCancelled(): boolean {
    return Atomics.load(this.cell, 0) !== 0;
  }

  cancel(): void {
    Atomics.store(this.cell, 0, 1);
  }
}

/**
 * Carries a job out in a thread of its own.
 *
 * @throws UserError as the job itself would have thrown it
 */
export async function runJob<K extends Job['kind']>(
  job: Extract<Job, { kind: K }>,
  cancel = new JobCancel(),
): Promise<JobResults[K]> {
  const workerData: JobData = { job, cancelled: cancel.cell };
  const worker = new Worker(workerFile(), { workerData });
  const reply = await new Promise<JobReply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`The worker ended with code ${code} before it answered`));
    });
  });
  // Its files are closed only when it has ended, and Windows moves no open file.
  await worker.terminate();
  // The result of a job is what `JobResults` says of its kind; a message between threads carries no types.
  if (reply.kind === 'done') return reply.result as JobResults[K];
  const { code, message, field, is_damage: isDamaged } = reply;
  if (code === null) throw new Error(message);
  if (isDamaged) throw new DamagedFileError(message);
  throw new UserError(code, message, field === undefined ? {} : { field });
}
