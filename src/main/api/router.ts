import { accessProcedures } from './access-api.ts';
import { appProcedures } from './app-api.ts';
import { awayProcedures } from './away-api.ts';
import { createBase } from './base.ts';
import { historyProcedures } from './history-api.ts';
import type { ApiParts } from './parts.ts';
import { deliveryProcedures } from './delivery-api.ts';
import { recordProcedures } from './records-api.ts';
import { workflowProcedures } from './workflows-api.ts';

export type { CallContext } from './base.ts';

/** The one router: called in process, over a MessagePort and over HTTP alike. */
export function createApi(parts: ApiParts) {
  const os = createBase(parts.ports.logger);
  return os.router({
    ...recordProcedures(os, parts),
    ...workflowProcedures(os, parts),
    ...deliveryProcedures(os, parts),
    ...awayProcedures(os, parts),
    ...appProcedures(os, parts),
    ...historyProcedures(os, parts),
    ...accessProcedures(os, parts),
  });
}
