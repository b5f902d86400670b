import type { Reader } from '../db/handle.ts';
import type { ReadInput, ReadName, ReadOutput, ReadScope } from './readers.ts';
import { reads } from './reads.ts';

export function performRead<N extends ReadName>(
  db: Reader,
  name: N,
  input: ReadInput<N>,
  scope: ReadScope,
): ReadOutput<N> {
  const { read } = reads[name];
  // The name chooses both the read and its input; the compiler cannot follow that through an unresolved N.
  return read(db, input as never, scope) as ReadOutput<N>;
}
