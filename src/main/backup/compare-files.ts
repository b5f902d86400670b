import Database from 'better-sqlite3';
import { UserError } from '../errors.ts';

export interface Comparison {
  readonly from: string;
  readonly to: string;
}

/**
 * Whether a copy holds what the file holds: the same tables with as many rows. That its pages are sound was checked when
 * it was made.
 *
 * @throws UserError `conflict` that names the first table that differs
 */
export function compareFiles({ from, to }: Comparison): void {
  const source = new Database(from, { readonly: true });
  const copy = new Database(to, { readonly: true });
  try {
    const tables = source
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
      )
      .pluck()
      .all();
    for (const table of tables) {
      // Names of tables cannot be bound; these come from the file's own schema.
      const count = `SELECT count(*) FROM "${table.replaceAll('"', '""')}"`;
      if (source.prepare(count).pluck().get() !== copy.prepare(count).pluck().get()) {
        throw new UserError(
          'conflict',
          `The copy ${to} does not hold what ${from} holds: ${table} differs. Nothing was changed.`,
        );
      }
    }
  } finally {
    source.close();
    copy.close();
  }
}
