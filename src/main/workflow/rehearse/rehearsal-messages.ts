import type { RehearsalMessage } from '../../../shared/contract/rehearsal.ts';
import type { UserErrorCode } from '../../errors.ts';
import type { CopyOrder } from './rehearse-copy.ts';

/** What the core sends a rehearsal thread: its one order. */
export type ToRehearsal = CopyOrder;

/** What the thread answers. */
export type FromRehearsal =
  | { readonly kind: 'message'; readonly message: RehearsalMessage }
  | { readonly kind: 'ended' }
  | {
      readonly kind: 'refused';
      readonly code: UserErrorCode;
      readonly message: string;
      readonly field: string | undefined;
    }
  | { readonly kind: 'failed'; readonly message: string };
