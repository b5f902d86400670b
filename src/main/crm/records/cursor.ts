import { UserError } from '../../errors.ts';

/** A cursor is the `seq` of the last row of a page, opaque to callers. */
export function encodeCursor(seq: number): string {
  return Buffer.from(`s${seq}`).toString('base64url');
}

/** @throws UserError `bad_request` when the text is no cursor of ours */
export function decodeCursor(text: string): number {
  const match = /^s(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (!match || encodeCursor(Number(match[1])) !== text) {
    throw new UserError(
      'bad_request',
      'cursor is not valid. Use the next_cursor of the answer before, as it stands.',
      {
        field: 'cursor',
      },
    );
  }
  return Number(match[1]);
}
