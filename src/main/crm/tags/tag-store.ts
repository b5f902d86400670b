import type { ObjectName } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

/** The tags of the record `r` as a JSON list of names, in alphabetical order. */
export const tagsColumn = `(SELECT json_group_array(name) FROM
  (SELECT t.name FROM record_tags rt JOIN tags t ON t.id = rt.tag_id WHERE rt.record_id = r.id ORDER BY t.name_folded)
) AS tags`;

export function readTagNames(json: string | null): string[] {
  // Made by tagsColumn alone.
  return json === null ? [] : (JSON.parse(json) as string[]);
}

/** The id of a tag; names differ without regard to case and accents, and one that does not exist is created. */
function ensureTag(unit: UnitOfWork, name: string): string {
  const folded = foldText(name);
  const known = findTagId(unit.db, folded);
  if (known !== null) return known;
  const id = unit.ids.next();
  unit.db.run(
    'INSERT INTO tags (id, name, name_folded, created_at) VALUES (?, ?, ?, ?)',
    id,
    name,
    folded,
    unit.nowText,
  );
  return id;
}

function findTagId(db: Reader, folded: string): string | null {
  return db.get<{ id: string }>('SELECT id FROM tags WHERE name_folded = ?', folded)?.id ?? null;
}

export interface TagChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What must be added and taken away to get from one list of names to another. */
export function tagChange(before: readonly string[], after: readonly string[]): TagChange {
  const unique = (names: readonly string[]) =>
    new Map(names.map((name) => [foldText(name.trim()), name.trim()]));
  const old = unique(before);
  const wanted = unique(after);
  return {
    added: [...wanted].filter(([folded]) => !old.has(folded)).map(([, name]) => name),
    removed: [...old].filter(([folded]) => !wanted.has(folded)).map(([, name]) => name),
  };
}

export function writeTagChange(
  unit: UnitOfWork,
  object: ObjectName,
  recordId: string,
  change: TagChange,
): void {
  for (const name of change.added) {
    unit.db.run(
      'INSERT OR IGNORE INTO record_tags (record_id, tag_id, object) VALUES (?, ?, ?)',
      recordId,
      ensureTag(unit, name),
      object,
    );
  }
  for (const name of change.removed) {
    unit.db.run(
      'DELETE FROM record_tags WHERE record_id = ? AND tag_id = ?',
      recordId,
      findTagId(unit.db, foldText(name)) ?? '',
    );
  }
}
