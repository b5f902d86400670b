import type { ImportPlan, ImportState } from '../../../shared/contract/imports.ts';
import type { OpenAction } from '../../db/unit-of-work.ts';
import type { SourceFile } from './source-file.ts';
import type { SourceRow } from './source-row.ts';
import type { MutableCounts } from './write-row.ts';

const toldRefusals = 20;

export interface RefusedRow {
  readonly line: number;
  readonly reason: string;
  readonly cells: readonly string[];
}

/** An upload and what became of it. */
export interface Session {
  readonly id: string;
  readonly file: SourceFile;
  plan: ImportPlan | null;
  work: ImportState['work'];
  isPaused: boolean;
  isCancelled: boolean;
  bytesDone: number;
  counts: MutableCounts;
  outcome: ImportState['outcome'];
  failure: string | null;
  readonly action: OpenAction;
  refused: RefusedRow[];
  /** Lets a paused import go on. */
  wake: (() => void) | null;
}

export function newSession(id: string, file: SourceFile): Session {
  return {
    id,
    file,
    plan: null,
    work: 'none',
    isPaused: false,
    isCancelled: false,
    bytesDone: 0,
    counts: noCounts(),
    outcome: null,
    failure: null,
    action: { kind: 'import', seq: null },
    refused: [],
    wake: null,
  };
}

/** As it was before it was ever worked on, but for what is to be done now. */
export function beginWork(session: Session, plan: ImportPlan, isCheck: boolean): void {
  Object.assign(session, {
    plan,
    work: isCheck ? 'check' : 'import',
    isPaused: false,
    isCancelled: false,
    bytesDone: 0,
    counts: noCounts(),
    outcome: null,
    failure: null,
    refused: [],
  } satisfies Partial<Session>);
  session.action.seq = null;
}

/** Everything a screen shows of it but the action, which only the file knows. */
export function stateOf(session: Session): Omit<ImportState, 'action_id'> {
  const { id, file, plan, work, isPaused, bytesDone, counts, outcome, failure } = session;
  return {
    id,
    file_name: file.name,
    object: plan?.object ?? null,
    work,
    is_paused: isPaused,
    bytes_done: bytesDone,
    bytes_total: file.size,
    counts: { ...counts },
    outcome,
    failure,
    refusals: session.refused.slice(0, toldRefusals).map(({ line, reason }) => ({ line, reason })),
  };
}

function noCounts(): MutableCounts {
  return { created: 0, updated: 0, skipped: 0, refused: 0, links_created: 0 };
}

export function refuse(session: Session, row: SourceRow, reason: string): void {
  session.counts.refused += 1;
  session.refused.push({ line: row.line, reason, cells: row.cells });
}

export function untilWoken(session: Session): Promise<void> {
  return new Promise((resolve) => {
    session.wake = () => {
      session.wake = null;
      resolve();
    };
  });
}
