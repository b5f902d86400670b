import { type Definition, childLists, type Step } from '../../../shared/workflow/definition.ts';

/** One list of steps a run is in: which, where in it, and for a `for_each` the records it goes through. */
export interface Frame {
  readonly list: string;
  readonly index: number;
  readonly items?: readonly string[];
  readonly item?: number;
}

/** Where a run is: the lists it is in, the outermost first. Empty means at its end. */
export type Cursor = readonly Frame[];

export const startCursor: Cursor = [{ list: 'actions', index: 0 }];

/**
 * The step a cursor points at, moved out of lists that are at their end and on to the next turn of a `for_each`.
 *
 * @returns null at the end of the run
 */
export function settleCursor(
  definition: Definition,
  cursor: Cursor,
): { cursor: Cursor; step: Step } | null {
  let frames = [...cursor];
  while (frames.length > 0) {
    const list = listAt(definition, frames);
    const frame = frames.at(-1);
    if (!frame) return null;
    const step = list[frame.index];
    if (step) return { cursor: frames, step };
    const nextItem = (frame.item ?? 0) + 1;
    if (frame.items && nextItem < frame.items.length) {
      frames[frames.length - 1] = { ...frame, index: 0, item: nextItem };
      continue;
    }
    frames = advance(frames.slice(0, -1));
  }
  return null;
}

/** The cursor behind the step it points at. */
export function advance(cursor: Cursor): Frame[] {
  const frames = [...cursor];
  const last = frames.pop();
  if (last) frames.push({ ...last, index: last.index + 1 });
  return frames;
}

/** The cursor at the first step of a list below the step it points at. */
export function enter(cursor: Cursor, list: string, items?: readonly string[]): Cursor {
  return [...cursor, { list, index: 0, ...(items ? { items, item: 0 } : {}) }];
}

/** The cursor behind the list it is in: what is left of it is not done. A `for_each` goes on with its next turn. */
export function leaveList(cursor: Cursor): Cursor {
  const last = cursor.at(-1);
  if (last?.items) return [...cursor.slice(0, -1), { ...last, index: Number.MAX_SAFE_INTEGER }];
  return advance(cursor.slice(0, -1));
}

function listAt(definition: Definition, frames: Cursor): readonly Step[] {
  let list = definition.actions;
  for (const [depth, frame] of frames.entries()) {
    if (depth === 0) continue;
    const parent = list[frames[depth - 1]?.index ?? -1];
    list = parent ? (childLists(parent)[frame.list] ?? []) : [];
  }
  return list;
}
