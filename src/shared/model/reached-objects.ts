import type { ObjectName } from './objects.ts';

/** Objects the conditions of a view may name: the record itself and those it leads to. */
export const reachedObjects = {
  contact: ['contact', 'company'],
  company: ['company'],
  deal: ['deal', 'contact', 'company'],
  task: ['task', 'deal', 'contact', 'company'],
} as const satisfies Readonly<Record<ObjectName, readonly ObjectName[]>>;
