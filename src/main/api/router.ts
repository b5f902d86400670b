import { appProcedures } from './app-api.ts';
import { createBase } from './base.ts';
import { customFieldProcedures } from './custom-fields-api.ts';
import { historyProcedures } from './history-api.ts';
import { noteProcedures } from './notes-api.ts';
import type { ApiParts } from './parts.ts';
import { recordProcedures } from './records-api.ts';
import { tagProcedures } from './tags-api.ts';
import { timelineProcedures } from './timeline-api.ts';
import { workflowProcedures } from './workflows-api.ts';

export type { CallContext } from './base.ts';

/** The one router: called in process, over a MessagePort and over HTTP alike. */
export function createApi(parts: ApiParts) {
  const os = createBase(parts.ports.logger);
  return os.router({
    ...recordProcedures(os, parts),
    ...workflowProcedures(os, parts),
    ...appProcedures(os, parts),
    ...historyProcedures(os, parts),
    ...customFieldProcedures(os, parts),
    ...noteProcedures(os, parts),
    ...timelineProcedures(os, parts),
    ...tagProcedures(os, parts),
  });
}
