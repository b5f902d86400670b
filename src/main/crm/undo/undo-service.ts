import type { UndoConflict, UndoneAction, UndoResult } from '../../../shared/contract/history.ts';
import type { RecordReference } from '../../../shared/model/objects.ts';
import type { Connection, Reader } from '../../db/handle.ts';
import type { Committer, UnitOfWork } from '../../db/unit-of-work.ts';
import { UserError } from '../../errors.ts';
import {
  type ActionEntry,
  actionEntries,
  countActionRecords,
  findAction,
  nextAction,
  setActionState,
  type UserActionRow,
} from '../../journal/user-actions.ts';
import type { Clock } from '../../ports.ts';
import { isRowObject, readRow } from '../../journal/journaled-rows.ts';
import { findCustomField } from '../fields/custom-field-store.ts';
import { findNoteState } from '../notes/note-store.ts';
import { recordName } from '../records/record-name.ts';
import { findTag } from '../tags/tag-service.ts';
import { applyEntry } from './apply-entry.ts';
import type { Direction } from './undo-record.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';

const batchSize = 100;
/** As many conflicts as a person would read; the rest is counted. */
const toldConflicts = 20;

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * Takes what the user did back and does it again, action by action. Large ones go in slices; one that a crash cut in
 * two is still `done`, and undoing it again finishes it, since what is back already is left as it is.
 */
export class UndoService {
  private readonly parts: Parts;
  /** One at a time: two windows that press the keys at once take back two actions. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** What undo would take back; null when there is nothing. */
  latest(): UndoneAction | null {
    const { reader } = this.parts.connection;
    const action = nextAction(reader, 'undo');
    return action ? describe(reader, action) : null;
  }

  /**
   * @param actionId null takes the last action done (or undone)
   * @throws UserError `not_found` or `conflict` when the named action cannot be taken
   */
  async run(direction: Direction, actionId: string | null): Promise<UndoResult> {
    const turn = this.last.then(() => this.runNow(direction, actionId));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async runNow(direction: Direction, actionId: string | null): Promise<UndoResult> {
    const { connection } = this.parts;
    const action = choose(connection.reader, direction, actionId);
    if (!action) return { action: null, conflicts: [], conflict_count: 0 };
    const described = describe(connection.reader, action);
    const conflicts: UndoConflict[] = [];
    let from: number | null = null;
    for (;;) {
      const next = this.slice(direction, action, from, conflicts);
      if (next === null) break;
      from = next;
      await nextTurn(this.parts.clock);
    }
    return {
      action: described,
      conflicts: conflicts.slice(0, toldConflicts),
      conflict_count: conflicts.length,
    };
  }

  /** @returns where the next slice goes on, or null when the action is finished */
  private slice(
    direction: Direction,
    action: UserActionRow,
    start: number | null,
    conflicts: UndoConflict[],
  ): number | null {
    const { committer, clock } = this.parts;
    const deadline = clock.elapsed() + sliceMs;
    const found: UndoConflict[] = [];
    const end = committer.commit({ kind: 'undo', action_id: action.id }, (unit) => {
      let from = start;
      for (;;) {
        const entries = actionEntries(unit.db, action.seq, direction, from, batchSize);
        if (entries.length === 0) return finish(unit, direction, action);
        for (const entry of entries) {
          found.push(...applyEntry(unit, entry, direction));
          from = entry.seq;
          if (clock.elapsed() >= deadline) return from;
        }
      }
    });
    conflicts.push(...found);
    return end;
  }
}

function finish(unit: UnitOfWork, direction: Direction, action: UserActionRow): null {
  setActionState(unit.db, action.seq, direction === 'undo' ? 'undone' : 'done');
  return null;
}

function choose(
  db: Reader,
  direction: Direction,
  actionId: string | null,
): UserActionRow | undefined {
  if (actionId === null) return nextAction(db, direction);
  const action = findAction(db, actionId);
  if (!action) {
    throw new UserError('not_found', `There is no action with the id "${actionId}".`);
  }
  if (action.state !== (direction === 'undo' ? 'done' : 'undone')) {
    const message =
      direction === 'undo'
        ? 'This was undone already.'
        : 'This cannot be redone: it was not undone, or something else was done since.';
    throw new UserError('conflict', message);
  }
  return action;
}

/** What the action was, told from its entries before they are taken back. */
function describe(db: Reader, action: UserActionRow): UndoneAction {
  // An import makes the companies its rows name before the rows themselves, which is what it is about.
  const end = action.kind === 'import' ? 'undo' : 'redo';
  const [first] = actionEntries(db, action.seq, end, null, 1);
  const count = countActionRecords(db, action.seq);
  const place = first ? placeOf(db, first) : null;
  return {
    id: action.id,
    kind: action.kind,
    at: action.at,
    operation: first?.operation ?? 'update',
    object: first?.object ?? null,
    record_id: first?.record_id ?? null,
    place,
    record_name: place ? recordName(db, place) : first ? fieldLabel(db, first) : null,
    record_count: count,
  };
}

/** The record a person would look at to see what an entry did. */
function placeOf(db: Reader, entry: ActionEntry): RecordReference | null {
  const { object, record_id: id } = entry;
  switch (object) {
    case 'note':
      return findNoteState(db, id)?.on ?? null;
    case 'custom_field':
    case 'tag':
    case 'pipeline':
    case 'stage':
      return null;
    case 'contact_link':
      return linkPlace(db, entry);
    default:
      return { object, id };
  }
}

/** A link is seen on the deal or company it leads to. */
function linkPlace(
  db: Reader,
  { record_id: id, before, after }: ActionEntry,
): RecordReference | null {
  const row = readRow(db, 'contact_link', id) ?? before ?? after;
  const [deal, company] = [row?.['deal_id'], row?.['company_id']];
  if (typeof deal === 'string') return { object: 'deal', id: deal };
  return typeof company === 'string' ? { object: 'company', id: company } : null;
}

function fieldLabel(
  db: Reader,
  { object, record_id: id, before, after }: ActionEntry,
): string | null {
  if (object === 'custom_field') return findCustomField(db, id)?.label ?? null;
  if (object === 'tag') return findTag(db, id)?.name ?? null;
  if (!isRowObject(object)) return null;
  const name = (readRow(db, object, id) ?? before ?? after)?.['name'];
  return typeof name === 'string' ? name : null;
}
