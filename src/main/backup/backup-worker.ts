import { parentPort, workerData } from 'node:worker_threads';
import { isDamage } from '../db/damage.ts';
import { explainStorageFailure } from '../db/storage-error.ts';
import { messageOf, UserError } from '../errors.ts';
import { performJob } from './jobs.ts';
import type { JobData, JobReply } from './run-job.ts';

// One job in a thread of its own, so that the main thread goes on answering while a large file is copied.

function reply(message: JobReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
  parentPort?.postMessage(message);
}

function describe(error: unknown): JobReply {
  const known = error instanceof UserError ? error : explainStorageFailure(error);
  if (known === null)
    return { kind: 'failed', code: null, message: messageOf(error), is_damage: false };
  const { code, message, field } = known;
  return {
    kind: 'failed',
    code,
    message,
    is_damage: isDamage(error),
    ...(field === undefined ? {} : { field }),
  };
}

try {
  // What the other side passed, in run-job.ts.
  const { job, cancelled } = workerData as JobData;
  reply({ kind: 'done', result: await performJob(job, () => Atomics.load(cancelled, 0) !== 0) });
} catch (error) {
  reply(describe(error));
}
