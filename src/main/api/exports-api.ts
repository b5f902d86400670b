import { exportCalendar } from '../crm/export/export-calendar.ts';
import { exportCsv } from '../crm/export/export-csv.ts';
import { exportJson } from '../crm/export/export-json.ts';
import { exportVcards } from '../crm/export/export-vcard.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function exportProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, readers }: ApiParts,
) {
  const { clock } = ports;
  const { reader } = connection;
  const parts = { readers, clock };
  return {
    exports: {
      csv: os.exports.csv.handler(({ input, signal }) => exportCsv(parts, reader, input, signal)),
      vcard: os.exports.vcard.handler(({ input, signal }) =>
        exportVcards(parts, reader, input, signal),
      ),
      calendar: os.exports.calendar.handler(({ input, signal }) =>
        exportCalendar(parts, input, signal),
      ),
      json: os.exports.json.handler(() => exportJson(reader, clock)),
    },
  };
}
