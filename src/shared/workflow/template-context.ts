import type { CustomFields } from '../model/fields/custom-fields.ts';
import { editableFieldsOf, fieldsOf } from '../model/fields/registry.ts';
import type { Field } from '../model/fields/field.ts';
import type { ObjectName } from '../model/objects.ts';
import { type ActionType, actionDescriptors, isActionType } from './actions/index.ts';
import type { ActionDescriptor } from './actions/descriptor.ts';
import { type TriggerLike, triggerReach } from './triggers.ts';

/** What may stand in a template at one step: a tree of names. The run builds its context in this very shape. */
export type ContextShape =
  | { readonly kind: 'value'; readonly label: string; readonly frozen: boolean }
  /** Whatever a sender put there: nobody knows its names before. */
  | { readonly kind: 'free'; readonly label: string; readonly frozen: boolean }
  | {
      readonly kind: 'group';
      readonly label: string;
      readonly members: ReadonlyMap<string, ContextShape>;
    };

interface StepLike {
  readonly type: string;
  readonly id?: string | undefined;
}

const value = (label: string, frozen = false): ContextShape => ({ kind: 'value', label, frozen });

function group(label: string, members: Iterable<readonly [string, ContextShape]>): ContextShape {
  return { kind: 'group', label, members: new Map(members) };
}

const freeShape = (label: string): ContextShape => ({ kind: 'free', label, frozen: true });

const objectLabels: Record<ObjectName, string> = {
  contact: 'Contact',
  company: 'Company',
  deal: 'Deal',
  task: 'Task',
};

function recordShape(object: ObjectName, custom?: CustomFields): ContextShape {
  return group(
    objectLabels[object],
    fieldsOf(object, custom).map((field) => [field.name, value(field.label)] as const),
  );
}

function stepShape(type: ActionType, custom?: CustomFields): ContextShape {
  const descriptor: ActionDescriptor = actionDescriptors[type];
  const members = Object.entries(descriptor.output).map(([name, shape]) => {
    if ('record' in shape) return [name, recordShape(shape.record, custom)] as const;
    // What another program answers, only the run knows.
    if (shape.value === 'json')
      return [name, { kind: 'free', label: name, frozen: false } as const] as const;
    return [name, value(name)] as const;
  });
  return group(descriptor.label, members);
}

/** Flat key → words for the picker. */
const keyLabel = (key: string): string => {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The fields of the triggers' own objects that an event may tell old and new of, one of each name. */
function changedFields(objects: readonly ObjectName[], custom?: CustomFields): Field[] {
  const byName = new Map<string, Field>();
  for (const field of objects.flatMap((object) => editableFieldsOf(object, custom)))
    if (!byName.has(field.name)) byName.set(field.name, field);
  return [...byName.values()];
}

/**
 * Every path a template may use at a step.
 *
 * @param triggers what may start the run: a key of any of them may be named, and is empty when another did
 * @param earlier the steps before it, ids filled in
 * @param reached the objects a run reaches there; a `for_each` adds what it goes through
 * @param custom the fields the file adds to the registry
 */
export function contextShape(
  triggers: readonly TriggerLike[],
  earlier: readonly StepLike[],
  reached: readonly ObjectName[] = triggerReach(triggers).supplies,
  custom?: CustomFields,
): ContextShape {
  const { keys, objects, free } = triggerReach(triggers);
  const supplies = [...new Set(reached)];
  const flat = keys.map((key) => [key, value(keyLabel(key), true)] as const);
  // Events tell old and new of what somebody can write; computed fields follow from those.
  const changed = changedFields(objects, custom);
  const steps = earlier.flatMap((step) => {
    if (step.id === undefined || !isActionType(step.type)) return [];
    return [[step.id, stepShape(step.type, custom)] as const];
  });
  const changes = changed.map(
    (field) =>
      [
        field.name,
        group(field.label, [
          ['old', value('Before', true)],
          ['new', value('After', true)],
        ]),
      ] as const,
  );
  return group('', [
    ...flat,
    ...supplies.map((name) => [name, recordShape(name, custom)] as const),
    ['changes', group('Changes', changes)],
    ['steps', group('Earlier steps', steps)],
    [
      'trigger',
      group('Trigger data', [
        ...flat,
        ...free.map((name) => [name, freeShape(keyLabel(name))] as const),
      ]),
    ],
    [
      'workflow',
      group('Workflow', [
        ['id', value('ID')],
        ['name', value('Name')],
      ]),
    ],
    ['execution', group('Run', [['id', value('ID')]])],
    [
      'user',
      group('You', [
        ['name', value('Name')],
        ['email', value('Email')],
      ]),
    ],
    ['owner_id', value('Owner of the workflow or record', true)],
    ['now', value('Now')],
  ]);
}

export interface ContextPath {
  readonly path: string;
  readonly label: string;
  readonly group: string;
  readonly frozen: boolean;
}

/** The shape as a list, for the variable picker and for suggestions. */
export function listPaths(shape: ContextShape): readonly ContextPath[] {
  const paths: ContextPath[] = [];
  const walk = (node: ContextShape, prefix: string, groupLabel: string): void => {
    if (node.kind !== 'group') {
      paths.push({ path: prefix, label: node.label, group: groupLabel, frozen: node.frozen });
      return;
    }
    const inner = [groupLabel, node.label].filter((text) => text !== '').join(' › ');
    for (const [name, member] of node.members)
      walk(member, prefix === '' ? name : `${prefix}.${name}`, inner);
  };
  walk(shape, '', '');
  return paths;
}

export type PathFault = 'unknown' | 'group';

/** @returns null when the path names a value, else why it cannot */
export function checkPath(shape: ContextShape, path: readonly string[]): PathFault | null {
  let node: ContextShape | undefined = shape;
  for (const segment of path) {
    if (node.kind === 'free') return null;
    if (node.kind === 'value') return 'unknown';
    node = node.members.get(segment);
    if (!node) return 'unknown';
  }
  return node.kind === 'group' ? 'group' : null;
}
