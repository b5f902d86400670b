import { recordKinds } from '../../src/main/crm/records/kinds.ts';
import { createRecord } from '../../src/main/crm/records/record-store.ts';
import { compareInBlocks, nextTurn } from '../support/measure.ts';
import { type Measurement, ratioAtLeast } from '../support/report.ts';
import { dealInput, type ReferenceFiles } from '../support/reference-workflow.ts';

const deals = 10_000;
const batch = 100;
const target = 0.5;

/** Ten thousand deals, a hundred in a commit as an import writes them, and the run of each. */
export async function bulk(files: ReferenceFiles): Promise<Measurement> {
  const { core } = files.startEngine('FULL');
  const floor = files.openFloor('FULL');
  const blocks = 10;
  const size = deals / blocks;
  let made = 0;
  const engineBlock = async (): Promise<void> => {
    for (let done = 0; done < size; done += batch) {
      core.committer.commit({ kind: 'user' }, (unit) => {
        for (let count = 0; count < batch; count += 1) {
          made += 1;
          createRecord(unit, recordKinds.deal, dealInput(files, made));
        }
      });
    }
    await core.idle();
  };
  const floorBlock = async (): Promise<void> => {
    for (let done = 0; done < size; done += batch) {
      floor.run(batch);
      await nextTurn();
    }
  };
  const compared = await compareInBlocks(blocks, size, engineBlock, floorBlock);
  await core.stop();
  await floor.stop();
  return ratioAtLeast(`bulk of ${deals.toLocaleString('en')} deals, FULL`, compared, target);
}
