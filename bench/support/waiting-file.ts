import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFileName } from '../../src/main/db/open-database.ts';
import { type Amounts, generateRecords } from '../data/generate.ts';
import { repeatWaitingRun, waitingRunId } from '../data/waiting-runs.ts';
import { openFor, startBenchCore } from './bench-core.ts';
import { SteppedClock } from './stepped-clock.ts';

const farAway = '2999-01-01T00:00:00.000Z';

export interface WaitingFile {
  readonly dataDir: string;
  /** Ids of the waiting runs, oldest first. */
  readonly runIds: readonly string[];
}

/**
 * A file with records and, on its contacts, runs that wait and then have nothing left to do: what is measured is the
 * waiting.
 *
 * @param dueAt ISO text of the instant the wait of the `index`-th run ends; far away without it
 */
export async function prepareWaiting(
  dataDir: string,
  amounts: Amounts,
  runs: number,
  dueAt: (index: number) => string = () => farAway,
): Promise<WaitingFile> {
  const clock = new SteppedClock();
  const { core, client } = startBenchCore(dataDir, 'NORMAL', clock);
  await client.workflows.create({
    name: 'Wait',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [{ type: 'wait', config: { duration: '+30 days' } }],
  });
  await client.contacts.create({ first_name: 'Anna' });
  while (clock.step());
  await core.stop();
  const { sqlite } = openFor(dataDir, 'NORMAL');
  generateRecords(sqlite, amounts);
  repeatWaitingRun(sqlite, runs, dueAt);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
  return { dataDir, runIds: Array.from({ length: runs }, (_, index) => waitingRunId(index)) };
}

/** A copy of a file in a folder of its own; the executor's lock stays behind. */
export function copyFile(dataDir: string, to: string): void {
  cpSync(join(dataDir, databaseFileName), join(to, databaseFileName));
}
