import type {
  RehearsalInput,
  RehearsalMessage,
  RehearsalResult,
} from '../../../shared/contract/rehearsal.ts';
import type { Connection } from '../../db/handle.ts';
import type { Committer } from '../../db/unit-of-work.ts';
import { invalid, UserError } from '../../errors.ts';
import { nextTurn } from '../../in-slices.ts';
import type { Ports } from '../../ports.ts';
import type { ReaderThread } from '../../readers/readers.ts';
import { subjectOf } from './event-for-record.ts';
import { rehearsedDefinition } from './prepare-workflow.ts';
import type { FromRehearsal, ToRehearsal } from './rehearsal-messages.ts';
import { type CopyOrder, rehearseCopy } from './rehearse-copy.ts';
import { rehearseInTick } from './rehearse-in-tick.ts';
import { copyPath, removeCopy } from './snapshot-copy.ts';

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly ports: Pick<Ports, 'clock' | 'ids' | 'dataDir' | 'startRehearsal'>;
}

/** Rehearses workflows: a record at once where that fits into a slice, all else in a thread on a copy of the file. */
export class RehearsalService {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /**
   * @param signal ends it; nothing is left behind
   * @throws UserError before the first message, as the definition, the record or the period is at fault
   */
  start(input: RehearsalInput, signal: AbortSignal | undefined): AsyncGenerator<RehearsalMessage> {
    this.check(input);
    return this.messages(input, signal);
  }

  /** The whole of it at once. */
  async result(input: RehearsalInput, signal: AbortSignal | undefined): Promise<RehearsalResult> {
    const runs = new Map<string, RehearsalResult['runs'][number]>();
    const refusals: RehearsalResult['refusals'] = [];
    const differences: RehearsalResult['differences'] = [];
    let counts: RehearsalResult['counts'] | null = null;
    for await (const message of this.start(input, signal)) {
      if (message.kind === 'progress') continue;
      ({ counts } = message);
      if (message.kind === 'done') break;
      for (const run of message.runs) runs.set(run.id, run);
      refusals.push(...message.refusals);
      differences.push(...message.differences);
    }
    if (!counts) throw new UserError('conflict', 'The rehearsal was broken off.');
    return { counts, runs: [...runs.values()], refusals, differences };
  }

  private check({ workflow_id, draft, on }: RehearsalInput): void {
    const { reader } = this.parts.connection;
    rehearsedDefinition(reader, { workflow_id, draft });
    if (on.kind === 'record') {
      subjectOf(reader, on.record.object, on.record.id);
      return;
    }
    const from = Date.parse(on.from);
    const now = this.parts.ports.clock.now();
    if (from >= now) throw invalid('on.from', 'on.from must be in the past.');
    if (on.to !== undefined && Date.parse(on.to) <= from)
      throw invalid('on.to', 'on.to must be later than on.from.');
  }

  private async *messages(
    input: RehearsalInput,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RehearsalMessage> {
    const { clock, ids, dataDir } = this.parts.ports;
    const atOnce = this.atOnce(input);
    if (atOnce) {
      yield { kind: 'found', ...atOnce };
      yield { kind: 'done', counts: atOnce.counts };
      return;
    }
    const order = { dataDir, path: copyPath(dataDir, ids.next()), input, now: clock.now() };
    let counts: RehearsalResult['counts'] | null = null;
    const start = this.parts.ports.startRehearsal;
    for await (const message of start
      ? inThread(start, order, signal)
      : this.inTurns(order, signal)) {
      if (message.kind === 'found') ({ counts } = message);
      yield message;
    }
    if (counts && !signal?.aborted) yield { kind: 'done', counts };
  }

  private atOnce(input: RehearsalInput): RehearsalResult | null {
    const { connection, committer, ports } = this.parts;
    // While the file is exchanged nobody opens a transaction on it.
    if (committer.isHeld) return null;
    return rehearseInTick({ connection, clock: ports.clock, ids: ports.ids }, input);
  }

  /** On a host without threads: in the core's own, a slice at a time. */
  private async *inTurns(
    order: CopyOrder,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RehearsalMessage> {
    const { clock, ids } = this.parts.ports;
    for (const message of rehearseCopy(order, clock, ids)) {
      if (signal?.aborted) return;
      if (message !== null) yield message;
      await nextTurn(clock);
    }
  }
}

/** Everything a thread tells, until it is done or nobody listens any more. */
async function* inThread(
  start: () => ReaderThread,
  order: CopyOrder,
  signal: AbortSignal | undefined,
): AsyncGenerator<RehearsalMessage> {
  const thread = start();
  const told: FromRehearsal[] = [];
  let wake = (): void => undefined;
  const tell = (message: FromRehearsal): void => {
    told.push(message);
    wake();
  };
  // Our own `serveRehearsal` is at the other end.
  thread.onMessage((message) => tell(message as FromRehearsal));
  thread.onEnd((reason) =>
    tell({ kind: 'failed', message: `The rehearsal thread ended: ${reason}` }),
  );
  const abort = (): void => tell({ kind: 'ended' });
  signal?.addEventListener('abort', abort, { once: true });
  try {
    if (signal?.aborted) return;
    thread.post(order satisfies ToRehearsal);
    for (;;) {
      const message = told.shift();
      if (!message) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (message.kind === 'ended' || signal?.aborted) return;
      if (message.kind === 'failed') throw new Error(message.message);
      if (message.kind === 'refused') {
        const { code, message: text, field } = message;
        throw new UserError(code, text, field === undefined ? {} : { field });
      }
      yield message.message;
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await thread.stop();
    // What a thread that was broken off could not remove itself.
    removeCopy(order.path);
  }
}
