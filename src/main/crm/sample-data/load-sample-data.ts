import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { UserError } from '../../errors.ts';

/** True while nobody has put anything into the file. */
export function isEmptyFile(db: Reader): boolean {
  return ['contacts', 'companies', 'deals', 'activities', 'workflows'].every(
    (table) => db.get(`SELECT 1 FROM ${table} LIMIT 1`) === undefined,
  );
}

/** @throws UserError `conflict` when the file is not empty */
export function loadSampleData(unit: UnitOfWork): {
  contacts: number;
  companies: number;
  deals: number;
  workflows: number;
} {
  if (!isEmptyFile(unit.db)) {
    throw new UserError(
      'conflict',
      'Sample data goes only into an empty file. Start with a new data folder to try it.',
    );
  }
  return { contacts: 0, companies: 0, deals: 0, workflows: 0 };
}
