/** The records that requests of the table name as `$contact`, `$deal` and so on. */
export type Stand = Readonly<
  Record<'contact' | 'deal' | 'task' | 'active' | 'draft' | 'paused' | 'removed', string>
>;

/** One request that must be refused, and how. */
export interface BadRequest {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Sent as JSON; a text or bytes as they stand. */
  readonly body?: unknown;
  /** Instead of the right token and content type. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  /** Absent: the answer may name none. */
  readonly field?: string;
  /** What the message must contain: the field, and the cure. */
  readonly says: readonly string[];
}

export const nobody = '01890000-0000-7000-8000-000000000000';

export function fillIn(text: string, stand: Stand): string {
  return Object.entries(stand).reduce(
    (filled, [name, id]) => filled.replaceAll(`$${name}`, id),
    text,
  );
}
