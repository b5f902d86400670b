import { v7 } from 'uuid';
import type { IdSource } from '../src/main/ports.ts';

/** `v7` counts within a millisecond and never steps back with the clock, so its ids sort as made. */
export const uuidIds: IdSource = { next: () => v7() };
