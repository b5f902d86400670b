import { v7 } from 'uuid';
import type { IdSource } from '../../src/main/ports.ts';

/** uuid's v7 counts up within a millisecond, so ids of one process sort in the order they were made. */
export const uuidSource: IdSource = { next: () => v7() };
