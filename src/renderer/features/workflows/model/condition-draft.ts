/** A rule while it is edited: anything may be missing yet. */
export interface EditRule {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
  readonly valueSource?: string;
}

export interface EditGroup {
  readonly combinator: 'and' | 'or';
  readonly not: boolean;
  readonly rules: readonly EditNode[];
}

export type EditNode = EditRule | EditGroup;

export const blankRule: EditRule = { field: '', operator: '=', value: '' };

export function isEditGroup(node: EditNode): node is EditGroup {
  return 'rules' in node;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns null for what is no group of conditions; the check says what is wrong with it */
export function readGroup(raw: unknown): EditGroup | null {
  if (!isPlainObject(raw) || !Array.isArray(raw['rules'])) return null;
  const rules = raw['rules'].flatMap((node: unknown): EditNode[] => {
    if (!isPlainObject(node)) return [];
    if ('rules' in node) {
      const group = readGroup(node);
      return group ? [group] : [];
    }
    const { field, operator, value, valueSource } = node;
    return [
      {
        field: typeof field === 'string' ? field : '',
        operator: typeof operator === 'string' ? operator : '',
        value,
        ...(typeof valueSource === 'string' ? { valueSource } : {}),
      },
    ];
  });
  return { combinator: raw['combinator'] === 'or' ? 'or' : 'and', not: raw['not'] === true, rules };
}

/** The tree as it is stored; what equals the default is left out. */
export function storedGroup({ combinator, not, rules }: EditGroup): Record<string, unknown> {
  return {
    combinator,
    ...(not ? { not } : {}),
    rules: rules.map((node) => (isEditGroup(node) ? storedGroup(node) : node)),
  };
}

/** The four ways a group can be meant, each in words. */
export const groupMeanings = ['all', 'any', 'not_all', 'none'] as const;
export type GroupMeaning = (typeof groupMeanings)[number];

export function meaningOf({ combinator, not }: EditGroup): GroupMeaning {
  if (combinator === 'and') return not ? 'not_all' : 'all';
  return not ? 'none' : 'any';
}

export function withMeaning(group: EditGroup, meaning: string): EditGroup {
  return {
    ...group,
    combinator: meaning === 'all' || meaning === 'not_all' ? 'and' : 'or',
    not: meaning === 'not_all' || meaning === 'none',
  };
}
