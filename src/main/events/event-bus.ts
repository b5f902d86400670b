import type { liveTopics } from '../../shared/contract/app.ts';
import type { Cancel, Logger } from '../ports.ts';
import { messageOf } from '../errors.ts';

export type Topic = (typeof liveTopics)[number];

export interface Touched {
  readonly topic: Topic;
  readonly id: string;
}

/** What a commit did, told after it. Facts only: nobody here can still refuse it. */
export interface Committed {
  /** How many events wait to be dispatched because of it. */
  readonly events: number;
  readonly touched: readonly Touched[];
}

type Messages = {
  committed: Committed;
  /** Another program wrote the file. */
  changed_outside: null;
};

type Listener<T> = (message: T) => void;

/** The internal event bus: typed, in process, synchronous. A listener that throws harms nobody else. */
export class EventBus {
  private readonly listeners: { [K in keyof Messages]: Set<Listener<Messages[K]>> } = {
    committed: new Set(),
    changed_outside: new Set(),
  };
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  on<K extends keyof Messages>(name: K, listener: Listener<Messages[K]>): Cancel {
    this.listeners[name].add(listener);
    return () => this.listeners[name].delete(listener);
  }

  emit<K extends keyof Messages>(name: K, message: Messages[K]): void {
    for (const listener of this.listeners[name]) {
      try {
        listener(message);
      } catch (error) {
        this.logger.error(`A listener of "${name}" failed: ${messageOf(error)}`);
      }
    }
  }
}
