import { useEffect, useRef, useState } from 'react';
import type {
  RehearsalCounts,
  RehearsalInput,
  RehearsalMessage,
  RehearsedDifference,
  RehearsedRefusal,
  RehearsedRun,
} from '../../../../shared/contract/rehearsal.ts';
import { api } from '../../../api/query.ts';

export type RehearsalProgress = Extract<RehearsalMessage, { kind: 'progress' }>;

export interface RehearsalState {
  /** What was asked for; null before the first time. */
  readonly input: RehearsalInput | null;
  /** Null when nothing is at work. */
  readonly progress: RehearsalProgress | null;
  readonly isDone: boolean;
  readonly counts: RehearsalCounts | null;
  readonly runs: readonly RehearsedRun[];
  readonly refusals: readonly RehearsedRefusal[];
  readonly differences: readonly RehearsedDifference[];
  readonly error: unknown;
}

const nothing: RehearsalState = {
  input: null,
  progress: null,
  isDone: false,
  counts: null,
  runs: [],
  refusals: [],
  differences: [],
  error: null,
};

const beginning: RehearsalProgress = {
  kind: 'progress',
  phase: 'copying',
  done: 0,
  total: 0,
  at: null,
};

function withMessage(state: RehearsalState, message: RehearsalMessage): RehearsalState {
  switch (message.kind) {
    case 'progress':
      return { ...state, progress: message };
    case 'done':
      return { ...state, counts: message.counts, isDone: true };
    case 'found': {
      const runs = new Map(state.runs.map((run) => [run.id, run]));
      for (const run of message.runs) runs.set(run.id, run);
      return {
        ...state,
        counts: message.counts,
        runs: [...runs.values()],
        refusals: [...state.refusals, ...message.refusals],
        differences: [...state.differences, ...message.differences],
      };
    }
  }
}

/** A rehearsal at work and what it found so far. Leaving the screen ends it. */
export function useRehearsal() {
  const [state, setState] = useState(nothing);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);

  async function start(input: RehearsalInput): Promise<void> {
    aborter.current?.abort();
    const own = new AbortController();
    aborter.current = own;
    setState({ ...nothing, input, progress: beginning });
    try {
      for await (const message of await api.rehearsal.run.call(input, { signal: own.signal })) {
        if (own.signal.aborted) break;
        setState((known) => withMessage(known, message));
      }
    } catch (error) {
      if (!own.signal.aborted) setState((known) => ({ ...known, error }));
    } finally {
      // A newer one has its own progress.
      if (aborter.current === own) setState((known) => ({ ...known, progress: null }));
    }
  }

  return { state, start, stop: () => aborter.current?.abort() };
}
