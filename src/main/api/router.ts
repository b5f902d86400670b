import { accessProcedures } from './access-api.ts';
import { appProcedures } from './app-api.ts';
import { backupProcedures } from './backups-api.ts';
import { awayProcedures } from './away-api.ts';
import { desktopProcedures } from './desktop-api.ts';
import { diagnosticsProcedures } from './diagnostics-api.ts';
import { enrolmentProcedures } from './enrolment-api.ts';
import { createBase } from './base.ts';
import { customFieldProcedures } from './custom-fields-api.ts';
import { historyProcedures } from './history-api.ts';
import { bulkProcedures } from './bulk-api.ts';
import { insightProcedures } from './insight-api.ts';
import { duplicateProcedures } from './duplicates-api.ts';
import { exportProcedures } from './exports-api.ts';
import { libraryProcedures } from './library-api.ts';
import { importProcedures } from './imports-api.ts';
import { noteProcedures } from './notes-api.ts';
import type { ApiParts } from './parts.ts';
import { deliveryProcedures } from './delivery-api.ts';
import { isDamage, markDamaged } from '../db/damage.ts';
import { pipelineProcedures } from './pipelines-api.ts';
import { recordProcedures } from './records-api.ts';
import { recoveryProcedures } from './recovery-api.ts';
import { tagProcedures } from './tags-api.ts';
import { timelineProcedures } from './timeline-api.ts';
import { viewProcedures } from './views-api.ts';
import { workflowProcedures } from './workflows-api.ts';

export type { CallContext } from './base.ts';

/** The one router: called in process, over a MessagePort and over HTTP alike. */
export function createApi(parts: ApiParts) {
  const { logger, dataDir } = parts.ports;
  const os = createBase(
    logger,
    (error) => {
      if (isDamage(error)) markDamaged(dataDir);
    },
    parts.calls,
  );
  return os.router({
    ...recordProcedures(os, parts),
    ...viewProcedures(os, parts),
    ...bulkProcedures(os, parts),
    ...importProcedures(os, parts),
    ...exportProcedures(os, parts),
    ...duplicateProcedures(os, parts),
    ...workflowProcedures(os, parts),
    ...insightProcedures(os, parts),
    ...libraryProcedures(os, parts),
    ...deliveryProcedures(os, parts),
    ...awayProcedures(os, parts),
    ...enrolmentProcedures(os, parts),
    ...appProcedures(os, parts),
    ...backupProcedures(os, parts),
    ...recoveryProcedures(os),
    ...desktopProcedures(os, parts),
    ...diagnosticsProcedures(os, parts),
    ...historyProcedures(os, parts),
    ...accessProcedures(os, parts),
    ...customFieldProcedures(os, parts),
    ...pipelineProcedures(os, parts),
    ...noteProcedures(os, parts),
    ...timelineProcedures(os, parts),
    ...tagProcedures(os, parts),
  });
}
