import type { Backups } from '../backup/backups.ts';
import type { BackgroundWork } from '../background-work.ts';
import type { BinService } from '../crm/bin/bin-service.ts';
import type { CallTimes } from '../diagnostics/call-times.ts';
import type { RecentErrors } from '../diagnostics/recent-errors.ts';
import type { Connection } from '../db/handle.ts';
import type { Committer } from '../db/unit-of-work.ts';
import type { Network } from '../delivery/connection-log.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { ExecutorRight } from '../executor-host.ts';
import type { Ports } from '../ports.ts';
import type { Readers } from '../readers/readers.ts';
import type { TokenStore } from './token-store.ts';
import type { WorkflowCatalog } from '../workflow/executor/workflow-catalog.ts';

/** What the procedures work with. */
export interface ApiParts {
  readonly ports: Ports;
  readonly connection: Connection;
  readonly committer: Committer;
  /** Where reads that may take long are answered. */
  readonly readers: Readers;
  readonly bus: EventBus;
  readonly catalog: WorkflowCatalog;
  readonly bin: BinService;
  readonly right: ExecutorRight;
  readonly network: Network;
  /** Tells the sender, when it is here, and the executor that something may have become due. */
  readonly wakeAll: () => void;
  /** Tells the sender that "No network" was turned on or off. */
  readonly networkChanged: () => void;
  readonly backups: Backups;
  readonly tokens: TokenStore;
  readonly calls: CallTimes;
  readonly errors: RecentErrors;
  /** When the core was made, and how long that took, in milliseconds of `clock.elapsed`. */
  readonly opened: { readonly at: number; readonly took: number };
  /** Tells the executor, when it is here, that a wait may have become due. */
  readonly wake: () => void;
  /** Makes runs stand as the pause of their workflow says. */
  readonly pauses: BackgroundWork;
}
