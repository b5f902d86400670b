import type { ObjectName } from '../../../shared/model/objects.ts';

export interface SearchIndex {
  /** The kind of record a hit leads to; null: `object` and `record_id` of the row say which. */
  readonly object: ObjectName | null;
  /** The FTS5 table; its rowid is the `seq` of the record. */
  readonly index: string;
  readonly table: string;
  /** Expressions over the row `r`; one whose title is null is not shown. */
  readonly title: string;
  readonly detail: string;
  /** The long text that is searched, for the words around what was found; null where names alone are. */
  readonly text: string | null;
}

/** Found by name, while one types. */
export const nameIndexes: readonly SearchIndex[] = [
  {
    object: 'contact',
    index: 'contact_search',
    table: 'contacts',
    title: "trim(r.first_name || ' ' || coalesce(r.last_name, ''))",
    detail:
      'coalesce((SELECT name FROM companies WHERE id = r.company_id AND deleted_at IS NULL), r.email)',
    text: null,
  },
  {
    object: 'company',
    index: 'company_search',
    table: 'companies',
    title: 'r.name',
    detail: 'r.domain',
    text: null,
  },
  {
    object: 'deal',
    index: 'deal_search',
    table: 'deals',
    title: 'r.title',
    detail: '(SELECT name FROM stages WHERE id = r.stage_id)',
    text: null,
  },
];

/** Found by any word of a text, as a second answer. Another kind of text is one more row. */
export const textIndexes: readonly SearchIndex[] = [
  {
    object: 'task',
    index: 'activity_search',
    table: 'activities',
    title: 'r.title',
    detail: 'r.due_at',
    text: 'r.description',
  },
  {
    object: 'deal',
    index: 'deal_text_search',
    table: 'deals',
    title: 'r.title',
    detail: '(SELECT name FROM stages WHERE id = r.stage_id)',
    text: 'r.description',
  },
  {
    object: null,
    index: 'note_search',
    table: 'notes',
    title: `CASE r.object
      WHEN 'contact' THEN (SELECT trim(first_name || ' ' || coalesce(last_name, '')) FROM contacts WHERE id = r.record_id AND deleted_at IS NULL)
      WHEN 'company' THEN (SELECT name FROM companies WHERE id = r.record_id AND deleted_at IS NULL)
      WHEN 'deal' THEN (SELECT title FROM deals WHERE id = r.record_id AND deleted_at IS NULL)
      WHEN 'task' THEN (SELECT title FROM activities WHERE id = r.record_id AND deleted_at IS NULL) END`,
    detail: 'NULL',
    text: 'r.text',
  },
];

/** The index a list of records is filtered with. */
export function listIndex(object: ObjectName): SearchIndex {
  const found = [...nameIndexes, ...textIndexes].find((index) => index.object === object);
  if (!found) throw new Error(`${object} has no search index`);
  return found;
}
