import type { UserErrorCode } from '../errors.ts';
import type { ReadName } from './readers.ts';

/** What the core sends a reader thread. */
export type ToReader =
  | {
      readonly kind: 'open';
      readonly dataDir: string;
      /** One 32-bit cell: the number of the request that was cancelled last. */
      readonly cancelled: SharedArrayBuffer;
    }
  | {
      readonly kind: 'read';
      readonly id: number;
      readonly name: ReadName;
      readonly input: unknown;
    };

/** What a reader thread answers. */
export type FromReader =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'cancelled'; readonly id: number }
  | {
      readonly kind: 'refused';
      readonly id: number;
      readonly code: UserErrorCode;
      readonly message: string;
      readonly field: string | undefined;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
