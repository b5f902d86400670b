import { listBackups } from '../backup/list-backups.ts';
import { readNetworkSettings } from '../crm/settings/network-settings.ts';
import { diagnosticsReport } from '../diagnostics/diagnostics-report.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function diagnosticsProcedures(os: ReturnType<typeof createBase>, parts: ApiParts) {
  const { ports, connection, backups, right, calls, errors, opened } = parts;
  const { reader } = connection;
  return {
    diagnostics: {
      report: os.diagnostics.report.handler(() => ({
        text: diagnosticsReport({
          reader,
          clock: ports.clock,
          host: ports.host,
          dataDir: ports.dataDir,
          calls,
          errors,
          backups: listBackups(backups.folder),
          executor: right.describe().state,
          noNetwork: readNetworkSettings(reader).no_network,
          opened,
        }),
      })),
    },
  };
}
