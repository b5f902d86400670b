import type BetterSqlite3 from 'better-sqlite3';
import { fromMinorUnits } from '../../shared/model/money.ts';
import { inForm } from '../../shared/workflow/conditions/evaluate-conditions.ts';
import type { Form } from '../../shared/workflow/conditions/plan-rule.ts';

/**
 * Functions our own queries use. The schema uses none, so that any other program can read and write the file.
 *
 * - `trellis_form(value, form, zone)`: a value as conditions compare it
 * - `trellis_major(minor, currency)`: an amount in major units
 * - `trellis_wanted()`: 1; in a reader thread it ends the statement once its answer is not wanted any more
 */
export function addSqlFunctions(
  sqlite: BetterSqlite3.Database,
  /** Throws when the statement at work is not wanted any more. */
  refuseCancelled: () => void = () => undefined,
): void {
  const options = { deterministic: true };
  sqlite.function('trellis_wanted', () => {
    refuseCancelled();
    return 1;
  });
  sqlite.function('trellis_form', options, (value: unknown, form: unknown, zone: unknown) =>
    // Both are bound by conditionSql alone.
    inForm(value, form as Form, String(zone)),
  );
  sqlite.function('trellis_major', options, (minor: unknown, currency: unknown) =>
    typeof minor === 'number' && typeof currency === 'string'
      ? fromMinorUnits(minor, currency)
      : null,
  );
}
