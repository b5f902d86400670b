import { compareInBlocks, nextTurn } from '../support/measure.ts';
import { type Measurement, ratioAtLeast } from '../support/report.ts';
import { createDeal, type ReferenceFiles } from '../support/reference-workflow.ts';
import type { Synchronous } from '../support/bench-core.ts';

const targets: Readonly<Record<Synchronous, number>> = { NORMAL: 0.6, FULL: 0.45 };

const plans = {
  NORMAL: { blocks: 30, size: 200 },
  FULL: { blocks: 30, size: 100 },
} as const satisfies Record<Synchronous, object>;

/** One deal at a time: the next is created when the run of the one before is history. */
export async function singleEvents(
  files: ReferenceFiles,
  synchronous: Synchronous,
): Promise<Measurement> {
  const { core } = files.startEngine(synchronous);
  const floor = files.openFloor(synchronous);
  const { blocks, size } = plans[synchronous];
  let deals = 0;
  const engineBlock = async (): Promise<void> => {
    for (let count = 0; count < size; count += 1) {
      deals += 1;
      createDeal(core, files, deals);
      await core.idle();
    }
  };
  const floorBlock = async (): Promise<void> => {
    for (let count = 0; count < size; count += 1) {
      floor.run();
      // As the engine: its log is copied while it writes, not while the engine is measured.
      await nextTurn();
    }
  };
  const compared = await compareInBlocks(blocks, size, engineBlock, floorBlock);
  await core.stop();
  await floor.stop();
  return ratioAtLeast(`single events, ${synchronous}`, compared, targets[synchronous]);
}
