import { childLists, type Definition, type Step } from '../../../shared/workflow/definition.ts';
import { type Cursor, type Frame, settleCursor } from './cursor.ts';

/** Where a run stands in its own version. */
export interface Standing {
  /** Null when its version cannot be read any more. */
  readonly definition: Definition | null;
  readonly cursor: Cursor;
  readonly step_id: string;
}

/**
 * Where a run stands in another version of its workflow: at the step of the same id. A `for_each` it is in goes on
 * with the same records when the other version goes through them at the same step.
 *
 * @returns null when the other version has no such step, or has it inside a `for_each` the run is not in
 */
export function moveCursor(
  { definition, cursor, step_id: stepId }: Standing,
  to: Definition,
): Cursor | null {
  const path = findStep(to.actions, stepId);
  if (!path) return null;
  const frames: Frame[] = [];
  for (const { list, index, parent } of path) {
    if (parent?.type !== 'for_each') {
      frames.push({ list, index });
      continue;
    }
    const turn = definition && turnOf(definition, cursor, parent.id);
    if (!turn?.items) return null;
    frames.push({ list, index, items: turn.items, item: turn.item ?? 0 });
  }
  return frames;
}

/** The frame of a run inside the list of one `for_each`. */
function turnOf(from: Definition, cursor: Cursor, stepId: string): Frame | undefined {
  return cursor.find(
    (_, depth) => depth > 0 && settleCursor(from, cursor.slice(0, depth))?.step.id === stepId,
  );
}

interface Place {
  readonly list: string;
  readonly index: number;
  /** The step whose list it is; null for the outermost. */
  readonly parent: Step | null;
}

function findStep(
  steps: readonly Step[],
  id: string,
  list = 'actions',
  parent: Step | null = null,
): Place[] | null {
  for (const [index, step] of steps.entries()) {
    if (step.id === id) return [{ list, index, parent }];
    for (const [name, children] of Object.entries(childLists(step))) {
      const below = findStep(children, id, name, step);
      if (below) return [{ list, index, parent }, ...below];
    }
  }
  return null;
}
