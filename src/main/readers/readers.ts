import type { Cancel } from '../ports.ts';
import type { reads } from './reads.ts';

/** What a read works with besides its input. */
export interface ReadScope {
  /** Throws {@link ReadCancelled} once nobody waits for the answer; called now and then by long reads. */
  readonly refuseCancelled: () => void;
}

type Reads = typeof reads;

export type ReadName = keyof Reads;
export type ReadInput<N extends ReadName> = Parameters<Reads[N]['read']>[1];
export type ReadOutput<N extends ReadName> = ReturnType<Reads[N]['read']>;

/**
 * Where slow reads are answered. They see what was committed when they begin.
 *
 * - `quick`: what somebody types and waits for; never behind a slow one.
 * - `slow`: scans, counts and sorts of any length.
 */
export interface Readers {
  /**
   * @param signal when it is aborted the read is taken off the queue, or stopped where it is
   * @throws ReadCancelled after an abort; UserError as the read throws it
   */
  run<N extends ReadName>(
    name: N,
    input: ReadInput<N>,
    signal?: AbortSignal,
  ): Promise<ReadOutput<N>>;
  /** Ends its threads and closes its connections; what still waits is cancelled. */
  stop(): Promise<void>;
}

export type Pace = 'quick' | 'slow';

/** Nobody waits for the answer any more. */
export class ReadCancelled extends Error {
  override readonly name = 'ReadCancelled';

  constructor() {
    super('The read was cancelled.');
  }
}

/** A thread of the host in which `serveReads` runs. */
export interface ReaderThread {
  /** Sends plain data; what is shared memory stays shared. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Cancel;
  /** Told once, when the thread ended by itself or could not begin. */
  onEnd(listener: (reason: string) => void): Cancel;
  stop(): Promise<void>;
}
