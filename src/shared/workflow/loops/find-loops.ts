import type { ObjectName } from '../../model/objects.ts';
import { foldText } from '../conditions/comparable.ts';
import { type Definition, type Trigger, triggersOf } from '../definition.ts';
import { mayHold } from './may-hold.ts';
import { type Emission, writeSet } from './write-set.ts';

/** An active workflow, as far as loops are concerned. */
export interface LinkedWorkflow {
  readonly id: string;
  readonly name: string;
  readonly definition: Definition;
}

/** One workflow starting another. */
export interface LoopLink {
  readonly from: { readonly id: string; readonly name: string };
  readonly to: { readonly id: string; readonly name: string };
  readonly event: string;
  /** `deal.stage`; null where no field is the cause. */
  readonly field: string | null;
}

export interface Loop {
  /** `may_loop`: a template, or a failure, decides. `long_chain`: no loop, but more links than a chain may have. */
  readonly kind: 'loop' | 'may_loop' | 'long_chain';
  readonly links: readonly LoopLink[];
}

/** Runs that may follow from one another; more are refused when they happen. */
const longestChain = 10;

type Certainty = 'sure' | 'maybe';

interface Edge {
  readonly link: LoopLink;
  readonly certainty: Certainty;
}

/** Every value workflows may write into a field; null: any. */
type PossibleValues = (object: ObjectName, field: string) => readonly unknown[] | null;

/**
 * The loops a workflow may be part of together with others: for each workflow it may start, the shortest way back.
 * Whatever stops as a loop when it runs was found here; what is found need not happen, for what records hold is not
 * known beforehand.
 *
 * @param id of the workflow asked about
 * @param workflows all that are active, and the one asked about
 */
export function findLoops(id: string, workflows: readonly LinkedWorkflow[]): Loop[] {
  const edges = edgesBetween(workflows);
  const loops = (edges.get(id) ?? []).flatMap((first) => {
    const back = shortestWay(first.link.to.id, id, edges);
    return back ? [asLoop([first, ...back])] : [];
  });
  if (loops.length > 0) return loops;
  const chain = longestWay(id, edges);
  return chain ? [{ kind: 'long_chain', links: chain.map(({ link }) => link) }] : [];
}

function asLoop(way: readonly Edge[]): Loop {
  const sure = way.every(({ certainty }) => certainty === 'sure');
  return { kind: sure ? 'loop' : 'may_loop', links: way.map(({ link }) => link) };
}

function edgesBetween(workflows: readonly LinkedWorkflow[]): Map<string, Edge[]> {
  const sets = workflows.map((workflow) => ({ workflow, set: writeSet(workflow.definition) }));
  const possible = possibleValues(sets.flatMap(({ set }) => set));
  const edges = new Map<string, Edge[]>();
  for (const { workflow, set } of sets) {
    const outgoing = workflows.flatMap((target) => edgeTo(workflow, set, target, possible) ?? []);
    edges.set(workflow.id, outgoing);
  }
  return edges;
}

function possibleValues(all: readonly Emission[]): PossibleValues {
  return (object, field) => {
    const writes = all.filter((one) => one.object === object && one.field === field);
    const values = writes.flatMap(({ written }) =>
      written?.kind === 'literal' ? [written.value] : [],
    );
    return values.length === writes.length ? values : null;
  };
}

/** The surest way in which one workflow may start another; null: it cannot. */
function edgeTo(
  from: LinkedWorkflow,
  set: readonly Emission[],
  to: LinkedWorkflow,
  possible: PossibleValues,
): Edge | null {
  let found: Edge | null = null;
  for (const emission of set) {
    const certainty = mayStart(emission, to, possible);
    if (certainty === null || found?.certainty === 'sure') continue;
    const { object, field, event } = emission;
    const link = {
      from: { id: from.id, name: from.name },
      to: { id: to.id, name: to.name },
      event,
      field: object !== null && field !== null ? `${object}.${field}` : null,
    };
    if (found === null || certainty === 'sure') found = { link, certainty };
  }
  return found;
}

function mayStart(
  emission: Emission,
  { id, definition }: LinkedWorkflow,
  possible: PossibleValues,
): Certainty | null {
  if (emission.target !== undefined) return emission.target === id ? 'sure' : null;
  const heard = triggersOf(definition).map((trigger) => hears(trigger, emission));
  const best = heard.includes('sure') ? 'sure' : (heard.find((one) => one !== null) ?? null);
  if (best === null) return null;
  const { object, field, written } = emission;
  const { conditions } = definition;
  // An event of a tag tells no change of fields, whatever its conditions ask of them.
  const tellsChange = emission.event !== 'tag_added' && emission.event !== 'tag_removed';
  if (tellsChange && conditions !== null && object !== null && field !== null && written !== null) {
    const values = possible(object, field);
    if (!mayHold(conditions, { object, field, written, values })) return null;
    if (values === null && asksAbout(conditions, `${object}.${field}`)) return 'maybe';
  }
  return emission.onFailure ? 'maybe' : best;
}

/** Whether a trigger hears an event. What the field held before is never known. */
function hears(
  { type, config }: Trigger,
  { event, object, field, written }: Emission,
): Certainty | null {
  if (type !== event) return null;
  const { from_stage: from, to_stage: to, fields, object: on, tag } = config;
  if (on !== undefined && object !== null && on !== object) return null;
  if (fields !== undefined && field !== null && !fields.includes(field)) return null;
  let certainty: Certainty = 'sure';
  if (to !== undefined) {
    if (written?.kind === 'literal' && written.value !== to) return null;
    if (written?.kind === 'open') certainty = 'maybe';
  }
  // A stage that is written is not the one that was left: an event tells of a change.
  if (from !== undefined && written?.kind === 'literal' && written.value === from) return null;
  if (tag !== undefined) {
    if (written?.kind === 'literal' && written.value !== foldText(tag.trim())) return null;
    if (written?.kind === 'open') certainty = 'maybe';
  }
  return certainty;
}

function asksAbout(tree: NonNullable<Definition['conditions']>, path: string): boolean {
  return tree.rules.some((node) => ('rules' in node ? asksAbout(node, path) : node.field === path));
}

/** The shortest way from one workflow to another; empty when they are the same. */
function shortestWay(
  from: string,
  to: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
): Edge[] | null {
  const reachedBy = new Map<string, Edge | null>([[from, null]]);
  const queue = [from];
  for (const at of queue) {
    if (at === to) break;
    for (const edge of edges.get(at) ?? []) {
      if (reachedBy.has(edge.link.to.id)) continue;
      reachedBy.set(edge.link.to.id, edge);
      queue.push(edge.link.to.id);
    }
  }
  if (!reachedBy.has(to)) return null;
  const way: Edge[] = [];
  for (let edge = reachedBy.get(to); edge; edge = reachedBy.get(edge.link.from.id))
    way.unshift(edge);
  return way;
}

/** The longest way through a workflow that is in no loop, when it has more links than a chain may have. */
function longestWay(id: string, edges: ReadonlyMap<string, readonly Edge[]>): Edge[] | null {
  const backwards = new Map<string, Edge[]>();
  for (const edge of [...edges.values()].flat()) {
    backwards.set(edge.link.to.id, [...(backwards.get(edge.link.to.id) ?? []), edge]);
  }
  const after = longestFrom(id, edges, ({ link }) => link.to.id);
  const before = longestFrom(id, backwards, ({ link }) => link.from.id);
  const way = [...before.toReversed(), ...after];
  return way.length > longestChain - 1 ? way : null;
}

/** Layer by layer: a way of that many links is enough, so loops elsewhere do no harm. */
function longestFrom(
  id: string,
  edges: ReadonlyMap<string, readonly Edge[]>,
  next: (edge: Edge) => string,
): Edge[] {
  let layer = new Map<string, Edge[]>([[id, []]]);
  for (;;) {
    const further = new Map<string, Edge[]>();
    for (const [at, way] of layer) {
      for (const edge of edges.get(at) ?? []) further.set(next(edge), [...way, edge]);
    }
    if (further.size === 0) return [...layer.values()][0] ?? [];
    layer = further;
    const [way] = layer.values();
    if (way && way.length > longestChain) return way;
  }
}
