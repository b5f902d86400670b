/** The record kinds a workflow, a form or a condition can speak of. An activity of any type is a `task` to them. */
export const objectNames = ['contact', 'company', 'deal', 'task'] as const;

export type ObjectName = (typeof objectNames)[number];

export function isObjectName(text: string): text is ObjectName {
  return objectNames.some((name) => name === text);
}

/** A pointer to one record, as notifications and runs carry it. */
export interface RecordReference {
  object: ObjectName;
  id: string;
}

/** Whatever the change journal keeps, and undo brings back. */
export const journalObjects = [
  ...objectNames,
  'note',
  'custom_field',
  'tag',
  'pipeline',
  'stage',
  'contact_link',
] as const;

export type JournalObject = (typeof journalObjects)[number];
