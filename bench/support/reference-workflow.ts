import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '../../src/main/create-core.ts';
import { recordKinds } from '../../src/main/crm/records/kinds.ts';
import { createRecord } from '../../src/main/crm/records/record-store.ts';
import { databaseFileName } from '../../src/main/db/open-database.ts';
import { type BenchCore, openFor, startBenchCore, type Synchronous } from './bench-core.ts';
import { Floor } from './floor.ts';
import { SteppedClock } from './stepped-clock.ts';
import { takeSnapshot, writtenBetween, type WrittenRow } from './written-rows.ts';

/** Deal created → condition → create task → update field → history. */
const referenceWorkflow = {
  name: 'Reference',
  status: 'active',
  trigger_type: 'deal_created',
  conditions: {
    combinator: 'and',
    rules: [{ field: 'deal.value', operator: '>=', value: 1_000 }],
  },
  actions: [
    {
      type: 'create_task',
      config: { title: 'Call about {{deal_title}}', due_date: '+3 days', priority: 'high' },
    },
    {
      type: 'update_field',
      config: { object: 'deal', field: 'description', value: 'Worth {{deal.value}}: call first' },
    },
  ],
};

/** How many contacts the deals are spread over. */
const contactCount = 1_000;

/** The input of the `index`-th deal: all of one size, so that blocks can be compared. */
export function dealInput({ contactIds }: Pick<ReferenceFiles, 'contactIds'>, index: number) {
  return {
    title: `Roof renovation ${String(index).padStart(8, '0')}`,
    value: 12_500,
    contact_id: contactIds[index % contactIds.length] ?? null,
  };
}

/** Commits the `index`-th deal, as the API and an import do once they have checked it. */
export function createDeal(
  core: Core,
  files: Pick<ReferenceFiles, 'contactIds'>,
  index: number,
): string {
  return core.committer.commit(
    { kind: 'api' },
    (unit) => createRecord(unit, recordKinds.deal, dealInput(files, index)).id,
  );
}

export interface ReferenceFiles {
  readonly contactIds: readonly string[];
  /** What each commit of one run wrote, in their order. */
  readonly commits: readonly (readonly WrittenRow[])[];
  /** A core on a fresh copy of the file. */
  startEngine(synchronous: Synchronous): BenchCore;
  /** A floor on another fresh copy. */
  openFloor(synchronous: Synchronous): Floor;
}

/** Makes a file with the reference workflow, takes one run of it apart, and hands out copies. */
export async function prepareReference(folder: string): Promise<ReferenceFiles> {
  const original = join(folder, 'original');
  const clock = new SteppedClock();
  const { core, client, connection } = startBenchCore(original, 'NORMAL', clock);
  const company = await client.companies.create({ name: 'Hofmann Dach GmbH' });
  const contactIds = core.committer.commit({ kind: 'api' }, (unit) =>
    Array.from(
      { length: contactCount },
      (_, index) =>
        createRecord(unit, recordKinds.contact, {
          first_name: 'Anna',
          last_name: `Hofmann ${index}`,
          email: `anna.${index}@example.com`,
          company_id: company.id,
        }).id,
    ),
  );
  await client.workflows.create(referenceWorkflow);
  while (clock.step());

  const commits: WrittenRow[][] = [];
  let before = takeSnapshot(connection.sqlite);
  const note = (): void => {
    const after = takeSnapshot(connection.sqlite);
    const written = writtenBetween(before, after);
    if (written.length > 0) commits.push(written);
    before = after;
  };
  createDeal(core, { contactIds }, 0);
  note();
  while (clock.step()) note();
  await core.stop();

  let copies = 0;
  const copy = (): string => {
    copies += 1;
    const dataDir = join(folder, `copy-${copies}`);
    // Without the lock's file: each core makes its own.
    cpSync(join(original, databaseFileName), join(dataDir, databaseFileName));
    return dataDir;
  };
  return {
    contactIds,
    commits,
    startEngine: (synchronous) => startBenchCore(copy(), synchronous),
    openFloor: (synchronous) => new Floor(openFor(copy(), synchronous), commits, contactIds),
  };
}
