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
  if (/^\s*(?:BEGIN|COMMIT|RELEASE|SAVEPOINT)\b/i.test(sql)) return 'none';
  const table = written.exec(sql)?.[1]?.toLowerCase();
  if (table === undefined) return 'any';
  if (forgettable.has(table)) return 'none';
  return independent.has(table) ? { table } : 'any';
}

/** More values of one table than this are let go: a long import reads each record once. */
const maximumValues = 2_000;

/**
 * What transactions read, so that a run that looks at its deal ten times reads it once. A transaction that writes keeps
 * every other writer out; what it writes itself is noticed by the statements; and what another connection wrote before
 * it began shows in `PRAGMA data_version`.
 */
export class ReadMemory {
  private isOpen = false;
  private dataVersion: number | null = null;
  private readonly tables = new Map<string, Map<string, unknown>>();

  /** The `data_version` of the transaction under way; null when there is none. */
  get openAt(): number | null {
    return this.isOpen ? this.dataVersion : null;
  }

  /** @param dataVersion as it is in the transaction that begins */
  begin(dataVersion: number): void {
    if (dataVersion !== this.dataVersion) this.tables.clear();
    this.dataVersion = dataVersion;
    this.isOpen = true;
  }

  commit(): void {
    this.isOpen = false;
  }

  rollback(): void {
    this.isOpen = false;
    this.tables.clear();
  }

  notice(effect: Effect): void {
    if (effect === 'none') return;
    if (effect === 'any') this.tables.clear();
    else this.tables.get(effect.table)?.clear();
  }

  remember<T>(table: string, key: string, read: () => T): T {
    if (!this.isOpen) return read();
    let values = this.tables.get(table);
    if (!values) {
      values = new Map();
      this.tables.set(table, values);
    }
    // What is under a key was put there by the same reader of the same table.
    const known = values.get(key) as T | undefined;
    if (known !== undefined) return known;
    const value = read();
    if (values.size >= maximumValues) values.clear();
    values.set(key, value);
    return value;
  }
}
