/**
 * A bound value that the planner does not look into, for statements on the hot path.
 *
 * Where SQLite has a choice of plans it looks at the values bound to `= ?` and `LIMIT ?`, and then plans the statement
 * anew each time one is bound: ten to fifty times what running it costs. It does not look into a cast. Look-ups by a
 * unique key alone have no choice, and need none of this.
 */
export const boundText = 'CAST(? AS TEXT)';

/** As {@link boundText}, for a number. */
export const boundInteger = 'CAST(? AS INTEGER)';
