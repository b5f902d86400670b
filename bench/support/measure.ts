/** The value that a share of the samples do not exceed; 0 without samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Lets timers fire and threads be heard, as between two slices of the engine. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

export interface Comparison {
  /** Runs a second, the median of the blocks. */
  readonly engine: number;
  readonly floor: number;
  /** Engine by floor, the median of the pairs of blocks that ran next to each other. */
  readonly ratio: number;
}

/** Blocks of each that are not counted. */
const warmUps = 3;

/** Carries out one block of work, prepared before the clock starts. */
type Block = () => Promise<void> | void;

/**
 * Engine and floor take turns in blocks, and each block is compared with its neighbour alone: what slows the machine
 * for a while slows both.
 *
 * @param size units of work in a block
 */
export async function compareInBlocks(
  blocks: number,
  size: number,
  engine: Block,
  floor: Block,
): Promise<Comparison> {
  // Before: caches fill, the compiler learns.
  for (let round = 0; round < warmUps; round += 1) {
    await engine();
    await floor();
  }
  const pairs: { engine: number; floor: number }[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const engineFirst = block % 2 === 0;
    const first = await secondsOf(engineFirst ? engine : floor);
    await settle();
    const second = await secondsOf(engineFirst ? floor : engine);
    await settle();
    pairs.push(engineFirst ? { engine: first, floor: second } : { engine: second, floor: first });
  }
  return {
    engine: median(pairs.map((pair) => size / pair.engine)),
    floor: median(pairs.map((pair) => size / pair.floor)),
    ratio: median(pairs.map((pair) => pair.floor / pair.engine)),
  };
}

/** Time for the log of the one to be copied, so that the disk is the other's alone. */
export function settle(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, settleMs));
}

const settleMs = 250;

async function secondsOf(work: Block): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
