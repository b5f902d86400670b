import { UserError } from '../errors.ts';
import type { Logger } from '../ports.ts';
import type { FromReader, ToReader } from './messages.ts';
import {
  type Pace,
  ReadCancelled,
  type ReaderThread,
  type ReadName,
  type ReadOutput,
  type Readers,
} from './readers.ts';
import { reads } from './reads.ts';

interface Options {
  readonly start: () => ReaderThread;
  readonly dataDir: string;
  readonly logger: Logger;
  /** Answers when a thread cannot be had: slower for everybody, but right. */
  readonly fallback: Readers;
}

interface Request {
  readonly id: number;
  readonly name: ReadName;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Two threads, one for each pace, so that what is typed never waits behind a scan. */
export function threadedReaders(options: Options): Readers {
  const lines: Readonly<Record<Pace, ReaderLine>> = {
    quick: new ReaderLine(options),
    slow: new ReaderLine(options),
  };
  return {
    run<N extends ReadName>(name: N, input: unknown, signal?: AbortSignal) {
      // The read of that name gave it; threads carry it as plain data.
      return lines[reads[name].pace].ask(name, input, signal) as Promise<ReadOutput<N>>;
    },
    async stop() {
      await Promise.all([lines.quick.stop(), lines.slow.stop()]);
      await options.fallback.stop();
    },
  };
}

/** One thread and those who wait for it. The thread starts with the first request and again after it died. */
class ReaderLine {
  private readonly options: Options;
  private thread: ReaderThread | null = null;
  private readonly waiting: Request[] = [];
  private atWork: Request | null = null;
  private readonly cancelled = new SharedArrayBuffer(4);
  private readonly cancelledId = new Int32Array(this.cancelled);
  private lastId = 0;
  private isReady = false;
  /** It never became ready: asking again would fail again. */
  private isBroken = false;
  private isStopped = false;

  constructor(options: Options) {
    this.options = options;
  }

  ask(name: ReadName, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    if (this.isStopped || signal?.aborted) return Promise.reject(new ReadCancelled());
    // The same contract as `run`, only that the compiler cannot pair a name with its input here.
    if (this.isBroken) return this.options.fallback.run(name, input as never, signal);
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      const request = { id: this.lastId, name, input, signal, resolve, reject };
      signal?.addEventListener('abort', () => this.cancel(request), { once: true });
      this.waiting.push(request);
      this.next();
    });
  }

  async stop(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    const { thread, atWork } = this;
    for (const request of this.waiting.splice(0)) request.reject(new ReadCancelled());
    if (atWork) {
      Atomics.store(this.cancelledId, 0, atWork.id);
      atWork.reject(new ReadCancelled());
    }
    await thread?.stop();
  }

  private cancel(request: Request): void {
    const place = this.waiting.indexOf(request);
    if (place !== -1) this.waiting.splice(place, 1);
    // Seen by the thread in the midst of its statement.
    else if (this.atWork === request) Atomics.store(this.cancelledId, 0, request.id);
    request.reject(new ReadCancelled());
  }

  private next(): void {
    if (this.atWork || this.isStopped || this.waiting.length === 0) return;
    const thread = this.thread ?? this.begin();
    const request = this.isReady ? this.waiting.shift() : undefined;
    if (!thread || !request) return;
    this.atWork = request;
    const { id, name, input } = request;
    thread.post({ kind: 'read', id, name, input } satisfies ToReader);
  }

  private begin(): ReaderThread {
    const thread = this.options.start();
    this.thread = thread;
    // Our own `serveReads` is at the other end.
    thread.onMessage((message) => this.receive(message as FromReader));
    thread.onEnd((reason) => this.ended(reason));
    const { dataDir } = this.options;
    thread.post({ kind: 'open', dataDir, cancelled: this.cancelled } satisfies ToReader);
    return thread;
  }

  private receive(message: FromReader): void {
    if (message.kind === 'ready') this.isReady = true;
    else if (this.atWork?.id === message.id) {
      const request = this.atWork;
      this.atWork = null;
      if (message.kind === 'done') request.resolve(message.output);
      else if (message.kind === 'cancelled') request.reject(new ReadCancelled());
      else if (message.kind === 'refused') {
        const { code, message: text, field } = message;
        request.reject(new UserError(code, text, field === undefined ? {} : { field }));
      } else request.reject(new Error(`Reading "${request.name}" failed: ${message.message}`));
    }
    this.next();
  }

  /** A thread that died takes its request along; one that never began leaves the work to the fallback. */
  private ended(reason: string): void {
    if (this.isStopped) return;
    const { logger, fallback } = this.options;
    this.isBroken = !this.isReady;
    this.isReady = false;
    this.thread = null;
    logger.error(`A reader thread ended: ${reason}`);
    this.atWork?.reject(new Error(`The reader thread ended: ${reason}`));
    this.atWork = null;
    if (!this.isBroken) {
      this.next();
      return;
    }
    logger.error('Long reads are answered without it; Trellis may answer late while they last.');
    for (const { name, input, signal, resolve, reject } of this.waiting.splice(0)) {
      fallback.run(name, input as never, signal).then(resolve, reject);
    }
  }
}
