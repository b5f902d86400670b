import { createORPCClient } from '@orpc/client';
import type { ApiClient } from '../../shared/contract/index.ts';
import { createHttpLink, createPortLink } from './links.ts';
import { isDesktop } from './session.ts';

/** The whole API, typed by the contract; over the desktop's port or over loopback HTTP. */
export const client: ApiClient = createORPCClient(isDesktop ? createPortLink() : createHttpLink());
