import { isShownList, type ListPlace, rootList } from './draft-tree.ts';
import type { DraftStep } from './workflow-draft.ts';

/** Where on the canvas something stands, in pixels at 100 %. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** A step could be put here: at place `at` of a list. */
export interface InsertPlace {
  readonly place: ListPlace;
  readonly at: number;
}

/** The head of a list below a step; `list` is null for the way of a step that goes on as usual. */
export interface BranchHead extends Box {
  readonly kind: 'branch';
  readonly step: DraftStep;
  readonly number: number;
  readonly list: number | null;
  readonly off: boolean;
}

export interface StepCardBox extends Box {
  readonly kind: 'step';
  readonly step: DraftStep;
  /** As steps are counted over the whole workflow, from 1. */
  readonly number: number;
  /** As problems name it: `actions[0].then[1]`. */
  readonly path: string;
  readonly insertAfter: InsertPlace;
  /** It is the last of its list. */
  readonly last: boolean;
  /** A step above it is switched off, and so is this one. */
  readonly off: boolean;
}

/** In the order they are read: a step before what is below it, one branch after the other. */
export type CanvasNode =
  | (Box & { readonly kind: 'trigger' })
  | StepCardBox
  | BranchHead
  | (Box & { readonly kind: 'end'; readonly insert: InsertPlace });

export interface CanvasLine {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  /** Where it bends when its ends are not above each other. */
  readonly bendY: number;
  /** The button that puts a step here; absent where none can stand. */
  readonly plus?: Point & { readonly insert: InsertPlace; readonly last: boolean };
  /** The list it belongs to: `step_2/0`, or `` for the workflow's own. */
  readonly branch: string;
  readonly off: boolean;
}

export interface CanvasLayout {
  readonly nodes: readonly CanvasNode[];
  readonly lines: readonly CanvasLine[];
  readonly width: number;
  readonly height: number;
}

const cardWidth = 272;
const cardHeight = 76;
const triggerHeight = 92;
const gap = 48;
const headWidth = 184;
const headHeight = 24;
/** From a step to the heads of its branches. */
const headGap = 32;
const columnGap = 32;
const endWidth = 128;
const endHeight = 30;
/** From the last bend of a branch to where it joins the others. */
const joinGap = 20;

/** Lists a step shows below it, with the way past them where it may go on without them. */
function columnsOf(step: DraftStep): (number | null)[] {
  const shown = step.lists.flatMap((list, place) => (isShownList(step, list) ? [place] : []));
  if (shown.length === 0) return [];
  const first = step.lists[shown[0] ?? 0]?.name;
  return first === 'on_timeout' || first === 'on_error_steps' ? [null, ...shown] : shown;
}

function widthOfList(steps: readonly DraftStep[]): number {
  return Math.max(headWidth, ...steps.map(widthOfStep));
}

function widthOfStep(step: DraftStep): number {
  const columns = columnsOf(step);
  const total = columns.reduce<number>(
    (sum, list) => sum + widthOfColumn(step, list),
    columnGap * Math.max(0, columns.length - 1),
  );
  return Math.max(cardWidth, total);
}

const widthOfColumn = (step: DraftStep, list: number | null): number =>
  list === null ? headWidth : widthOfList(step.lists[list]?.steps ?? []);

/** Where a line begins: the lower end of what stands above. */
interface Exit {
  readonly id: string;
  readonly point: Point;
}

interface Here {
  readonly branch: string;
  readonly off: boolean;
}

/** Places a tree: each step under the one before, branches side by side, and back together below the longest. */
class Placement {
  readonly nodes: CanvasNode[] = [];
  readonly lines: CanvasLine[] = [];
  private count = 0;

  /** @returns where the list goes on */
  list(steps: readonly DraftStep[], place: ListPlace, path: string, start: Exit, here: Here): Exit {
    let exit = start;
    for (const [at, step] of steps.entries()) {
      const top: Point = { x: start.point.x, y: exit.point.y + gap };
      this.line(exit, top, step.id, here, { place, at });
      exit = this.step(
        step,
        top,
        `${path}[${at}]`,
        { place, at: at + 1 },
        { ...here, last: at === steps.length - 1 },
      );
    }
    return exit;
  }

  private step(
    step: DraftStep,
    { x, y }: Point,
    path: string,
    insertAfter: InsertPlace,
    here: Here & { readonly last: boolean },
  ): Exit {
    this.count += 1;
    const number = this.count;
    this.nodes.push({
      kind: 'step',
      id: step.id,
      x: x - cardWidth / 2,
      y,
      width: cardWidth,
      height: cardHeight,
      step,
      number,
      path,
      insertAfter,
      last: here.last,
      off: here.off,
    });
    const bottom: Point = { x, y: y + cardHeight };
    const columns = columnsOf(step);
    if (columns.length === 0) return { id: step.id, point: bottom };
    const off = here.off || !step.enabled;
    const total =
      columns.reduce<number>((sum, list) => sum + widthOfColumn(step, list), 0) +
      columnGap * (columns.length - 1);
    let left = x - total / 2;
    const exits = columns.map((list) => {
      const width = widthOfColumn(step, list);
      const centre = left + width / 2;
      left += width + columnGap;
      return this.column(step, number, path, list, { x: centre, y: bottom.y + headGap }, bottom, {
        branch: `${step.id}/${list ?? ''}`,
        off,
      });
    });
    const lowest = Math.max(...exits.map(({ exit }) => exit.point.y));
    const join: Point = { x, y: lowest + gap };
    for (const { exit, goesOn, insert, within } of exits) {
      if (goesOn) this.line(exit, join, `${step.id}/join`, within, insert, true);
    }
    return { id: `${step.id}/join`, point: join };
  }

  private column(
    step: DraftStep,
    number: number,
    path: string,
    list: number | null,
    top: Point,
    from: Point,
    within: Here,
  ) {
    const id = `${step.id}/${list ?? 'on'}`;
    this.nodes.push({
      kind: 'branch',
      id,
      x: top.x - headWidth / 2,
      y: top.y,
      width: headWidth,
      height: headHeight,
      step,
      number,
      list,
      off: within.off,
    });
    this.lines.push({
      id: `${step.id}>${id}`,
      from,
      to: top,
      bendY: from.y + headGap / 2,
      ...within,
    });
    const head: Exit = { id, point: { x: top.x, y: top.y + headHeight } };
    const below = list === null ? undefined : step.lists[list];
    if (list === null || !below) return { exit: head, goesOn: true, insert: null, within };
    const place: ListPlace = { parent: step.id, list };
    const listPath =
      below.name === 'case' ? `${path}.cases[${list}].steps` : `${path}.${below.name}`;
    const exit = this.list(below.steps, place, listPath, head, within);
    const last = below.steps.at(-1);
    return {
      exit,
      // Behind a step that ends the run nothing goes on.
      goesOn: !(last?.type === 'stop' && last.enabled),
      insert: { place, at: below.steps.length },
      within,
    };
  }

  line(
    from: Exit,
    to: Point,
    target: string,
    here: Here,
    insert: InsertPlace | null,
    last = false,
  ): void {
    this.lines.push({
      id: `${from.id}>${target}`,
      from: from.point,
      to,
      bendY: to.y - joinGap / 2,
      ...(insert
        ? { plus: { x: from.point.x, y: from.point.y + (gap - joinGap / 2) / 2 + 2, insert, last } }
        : {}),
      ...here,
    });
  }
}

/**
 * The whole workflow as it is drawn, from its tree alone: nothing of it is stored, so that nobody has to tidy it up.
 *
 * @param steps the workflow's own list
 */
export function layOut(steps: readonly DraftStep[]): CanvasLayout {
  const placement = new Placement();
  placement.nodes.push({
    kind: 'trigger',
    id: 'trigger',
    x: -cardWidth / 2,
    y: 0,
    width: cardWidth,
    height: triggerHeight,
  });
  const here: Here = { branch: '', off: false };
  const trigger: Exit = { id: 'trigger', point: { x: 0, y: triggerHeight } };
  const exit = placement.list(steps, rootList, 'actions', trigger, here);
  const insert: InsertPlace = { place: rootList, at: steps.length };
  const end: Point = { x: -endWidth / 2, y: exit.point.y + gap };
  placement.line(exit, { x: 0, y: end.y }, 'end', here, null);
  placement.nodes.push({
    kind: 'end',
    id: 'end',
    ...end,
    width: endWidth,
    height: endHeight,
    insert,
  });
  return {
    nodes: placement.nodes,
    lines: placement.lines,
    width: widthOfList(steps),
    height: end.y + endHeight,
  };
}

/** Radius of a bend. */
const bend = 8;

/** The path of a line, as SVG writes it: straight down, or down, across and down. */
export function pathOf({ from, to, bendY }: CanvasLine): string {
  const across = to.x - from.x;
  if (Math.abs(across) < 1) return `M ${from.x} ${from.y} V ${to.y}`;
  const side = Math.sign(across);
  const radius = Math.min(bend, Math.abs(across) / 2, bendY - from.y, to.y - bendY);
  return [
    `M ${from.x} ${from.y}`,
    `V ${bendY - radius}`,
    `Q ${from.x} ${bendY} ${from.x + side * radius} ${bendY}`,
    `H ${to.x - side * radius}`,
    `Q ${to.x} ${bendY} ${to.x} ${bendY + radius}`,
    `V ${to.y}`,
  ].join(' ');
}

type Direction = 'next' | 'previous' | 'left' | 'right' | 'first' | 'last';

/** What the keyboard stops at, in the order of reading. */
function stopsOf({ nodes }: CanvasLayout): readonly CanvasNode[] {
  return nodes.filter((node) => node.kind !== 'branch' || node.list !== null);
}

/** The steps around a step, itself first: the branch it stands in, the branch that one stands in, … */
function branchesAround(layout: CanvasLayout, id: string): BranchHead[] {
  const heads: BranchHead[] = [];
  let current = layout.nodes.find((node) => node.id === id);
  while (current) {
    if (current.kind === 'branch') {
      heads.push(current);
      const owner: string = current.step.id;
      current = layout.nodes.find((node) => node.id === owner);
      continue;
    }
    if (current.kind !== 'step') return heads;
    const { parent, list }: ListPlace = current.insertAfter.place;
    if (parent === null) return heads;
    current = layout.nodes.find((node) => node.id === `${parent}/${list}`);
  }
  return heads;
}

/**
 * Where an arrow key leads: up and down through all there is, left and right to the branch beside.
 *
 * @returns id of the node; the same one where there is nothing further
 */
export function stopBeside(layout: CanvasLayout, id: string, direction: Direction): string {
  const stops = stopsOf(layout);
  const index = stops.findIndex((stop) => stop.id === id);
  switch (direction) {
    case 'next':
      return stops[index + 1]?.id ?? id;
    case 'previous':
      return stops[Math.max(0, index - 1)]?.id ?? id;
    case 'first':
      return stops[0]?.id ?? id;
    case 'last':
      return stops.at(-1)?.id ?? id;
    case 'left':
    case 'right': {
      const by = direction === 'left' ? -1 : 1;
      for (const head of branchesAround(layout, id)) {
        const beside = stops.filter(
          (stop) => stop.kind === 'branch' && stop.step.id === head.step.id,
        );
        const target = beside[beside.findIndex((stop) => stop.id === head.id) + by];
        if (target) return target.id;
      }
      return id;
    }
  }
}
