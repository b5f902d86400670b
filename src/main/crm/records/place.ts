import { UserError } from '../../errors.ts';

/** Where an entry stands in a list by time: its instant, and a key that tells entries of one instant apart. */
export interface Place {
  readonly at: string;
  readonly key: string;
}

export function encodePlace({ at, key }: Place): string {
  return Buffer.from(JSON.stringify([at, key])).toString('base64url');
}

/** @throws UserError `bad_request` when the text is no cursor of ours */
export function decodePlace(text: string): Place {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 2)
      return { at: String(parts[0]), key: String(parts[1]) };
  } catch {
    // Told below, with what to do.
  }
  throw new UserError(
    'bad_request',
    'cursor is not valid. Use the next_cursor of the answer before, as it stands.',
    { field: 'cursor' },
  );
}
