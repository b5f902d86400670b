/**
 * What a statement does to what was read before it: nothing, or it makes what was read from one table, or from any,
 * stale. `row`: of the table only the record whose id is its first or its last value.
 */
export type Effect =
  | 'none'
  | 'any'
  | { readonly table: string; readonly beside: string; readonly row?: 'first' | 'last' };

/** Tables whose rows nothing remembered is made of: history, and what the engine keeps about runs. */
const forgettable = new Set([
  'away_outcomes',
  'deliveries',
  'enrolment_refusals',
  'events',
  'executor_lease',
  'journal',
  'notifications',
  'step_records',
  'timed_events',
  'trigger_watches',
  'user_actions',
  'wait_records',
  'waits',
  'workflow_executions',
  'workflow_versions',
  'workflows',
]);

/** Tables that what is remembered of other tables does not depend on. */
const independent = new Set(['activities', 'companies', 'contacts', 'deals']);

const written = /^\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)/i;

/** One new record, its id first. Not with an `OR`: that may take away others. */
const insertsOne = /^\s*INSERT\s+INTO\s+\w+\s*\(id\b[^()]*\)\s*VALUES\s*\(\?[^()]*\)\s*$/i;

/** One record, its id last. */
const changesOne = /^\s*(?:UPDATE|DELETE\s+FROM)\b[^()]*?\bWHERE\s+id\s*=\s*\?\s*$/i;

/** A table this does not know makes everything stale, so that a new one is slow at worst, never wrong. */
export function effectOf(sql: string): Effect {
  if (/^\s*(?:BEGIN|COMMIT|RELEASE|SAVEPOINT)\b/i.test(sql)) return 'none';
  const table = written.exec(sql)?.[1]?.toLowerCase();
  if (table === undefined) return 'any';
  if (forgettable.has(table)) return 'none';
  if (!independent.has(table)) return 'any';
  const effect = { table, beside: besideOf(table) };
  if (insertsOne.test(sql)) return { ...effect, row: 'first' };
  return changesOne.test(sql) ? { ...effect, row: 'last' } : effect;
}

/** The place of what is remembered of a table's records beside the records themselves, under the same ids. */
export function besideOf(table: string): string {
  return `${table} beside`;
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
    this.compare(dataVersion);
    this.isOpen = true;
  }

  private compare(dataVersion: number): void {
    if (dataVersion !== this.dataVersion) this.tables.clear();
    this.dataVersion = dataVersion;
  }

  commit(): void {
    this.isOpen = false;
  }

  rollback(): void {
    this.isOpen = false;
    this.tables.clear();
  }

  /** @param values those the statement was run with */
  notice(effect: Effect, values: readonly unknown[] = []): void {
    if (effect === 'none') return;
    if (effect === 'any') {
      this.tables.clear();
      return;
    }
    const id = effect.row === 'first' ? values[0] : effect.row === 'last' ? values.at(-1) : null;
    for (const place of [effect.table, effect.beside]) {
      if (typeof id === 'string') this.tables.get(place)?.delete(id);
      else this.tables.get(place)?.clear();
    }
  }

  /** What is remembered under a key, without a look into the file. */
  recall(table: string, key: string): unknown {
    return this.isOpen ? this.tables.get(table)?.get(key) : undefined;
  }

  /** @param dataVersion asked outside a transaction: another program may have written since */
  remember<T>(table: string, key: string, read: () => T, dataVersion: () => number): T {
    if (!this.isOpen) {
      // Records go out to callers who may do with them what they like.
      if (independent.has(table)) return read();
      this.compare(dataVersion());
    }
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
