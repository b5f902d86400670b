import type { IdSource } from '../../src/main/ports.ts';

/**
 * Ids in the shape of UUIDv7 that count up from 1, so that a test can name them.
 *
 * @param source tells the ids of two cores on one file apart
 */
export function sequentialIds(source = 0): IdSource {
  let count = 0;
  const prefix = `${source.toString(16).padStart(8, '0')}-0000-7000-8000-`;
  return {
    next() {
      count += 1;
      return `${prefix}${count.toString(16).padStart(12, '0')}`;
    },
  };
}
