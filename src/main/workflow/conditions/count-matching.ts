import type { ObjectName } from '../../../shared/model/objects.ts';
import { checkConditions } from '../../../shared/workflow/conditions/check-conditions.ts';
import { Findings } from '../../../shared/workflow/definition-findings.ts';
import { customFields } from '../../crm/fields/custom-field-store.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { Reader } from '../../db/handle.ts';
import { UserError } from '../../errors.ts';
import { conditionSql } from './condition-sql.ts';

interface CountInput {
  readonly object: ObjectName;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly timeZone: string;
}

/**
 * How many records of an object are like conditions now, of how many.
 *
 * @throws UserError `validation_failed` while the conditions are not complete
 */
export function countMatching(
  db: Reader,
  { object, conditions, now, timeZone }: CountInput,
): { matching: number; total: number } {
  const custom = customFields(db);
  const findings = new Findings(custom);
  const tree = checkConditions(conditions, 'conditions', null, findings);
  const [problem] = [...findings.faults, ...findings.gaps];
  if (!tree || problem) {
    const message = problem?.message ?? 'The conditions are not complete.';
    throw new UserError('validation_failed', message, { field: problem?.path ?? 'conditions' });
  }
  const { sql, values } = conditionSql(tree, object, { now, timeZone, custom });
  const { table } = recordKinds[object];
  const row = db.get<{ matching: number; total: number }>(
    `SELECT coalesce(sum(${sql}), 0) AS matching, count(*) AS total FROM ${table} r WHERE r.deleted_at IS NULL`,
    ...values,
  );
  return { matching: row?.matching ?? 0, total: row?.total ?? 0 };
}
