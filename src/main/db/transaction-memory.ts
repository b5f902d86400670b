/**
 * What a statement does to what was read before it: nothing, or it makes what was read from one table, or from any,
 * stale.
 */
export type Effect = 'none' | 'any' | { readonly table: string };

/** Tables whose rows nothing remembered is made of: history, and what the engine keeps about runs. */
const forgettable = new Set([
  'events',
  'journal',
  'notifications',
  'step_records',
  'wait_records',
  'waits',
  'workflow_executions',
  'workflow_versions',
  'workflows',
]);

/** Tables that what is remembered of other tables does not depend on. */
const independent = new Set(['activities', 'companies', 'contacts', 'deals']);

const written = /^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)/i;

/** A table this does not know makes everything stale, so that a new one is slow at worst, never wrong. */
export function effectOf(sql: string): Effect {
  if (/^\s*(?:SAVEPOINT|RELEASE)\b/i.test(sql)) return 'none';
  const table = written.exec(sql)?.[1]?.toLowerCase();
  if (table === undefined) return 'any';
  if (forgettable.has(table)) return 'none';
  return independent.has(table) ? { table } : 'any';
}

/**
 * What was read in a transaction, so that a run that looks at its deal ten times reads it once. A transaction that
 * writes keeps every other writer out, so what it read holds until it writes itself; that is noticed by the statements.
 */
export class TransactionMemory {
  private open = false;
  private readonly tables = new Map<string, Map<string, unknown>>();

  /** From now on reads are remembered. */
  begin(): void {
    this.tables.clear();
    this.open = true;
  }

  /** At the end of the transaction, however it came. */
  end(): void {
    this.open = false;
    this.tables.clear();
  }

  notice(effect: Effect): void {
    if (effect === 'none') return;
    if (effect === 'any') this.tables.clear();
    else this.tables.get(effect.table)?.clear();
  }

  remember<T>(table: string, key: string, read: () => T): T {
    if (!this.open) return read();
    let values = this.tables.get(table);
    if (!values) {
      values = new Map();
      this.tables.set(table, values);
    }
    // What is under a key was put there by the same reader of the same table.
    const known = values.get(key) as T | undefined;
    if (known !== undefined) return known;
    const value = read();
    values.set(key, value);
    return value;
  }
}
