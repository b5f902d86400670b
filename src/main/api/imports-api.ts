import { ImportService } from '../crm/import/import-service.ts';
import { refusedCsv } from '../crm/import/refused-csv.ts';
import { UndoService } from '../crm/undo/undo-service.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function importProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, backups }: ApiParts,
) {
  const { clock, ids, logger } = ports;
  const undo = new UndoService({ connection, committer, clock });
  const service = new ImportService({ connection, committer, clock, ids, logger, backups, undo });
  return {
    imports: {
      create: os.imports.create.handler(({ input }) =>
        service.create(input.file_name, input.size_bytes),
      ),
      append: os.imports.append.handler(({ input }) => ({
        bytes: service.append(input.id, Buffer.from(input.content_base64, 'base64')),
      })),
      analyse: os.imports.analyse.handler(({ input: { id, ...options } }) =>
        service.analyse(id, options),
      ),
      preview: os.imports.preview.handler(async ({ input }) => ({
        rows: await service.preview(input.id, input.plan),
      })),
      start: os.imports.start.handler(({ input, context }) =>
        service.start(context.actor, input.id, input.plan, input.is_check),
      ),
      state: os.imports.state.handler(({ input }) => service.state(input.id)),
      pause: os.imports.pause.handler(({ input }) => service.pause(input.id)),
      resume: os.imports.resume.handler(({ input }) => service.resume(input.id)),
      cancel: os.imports.cancel.handler(({ input }) => service.cancel(input.id)),
      refused: os.imports.refused.handler(({ input }) => refusedCsv(service.refused(input.id))),
      close: os.imports.close.handler(({ input }) => {
        service.close(input.id);
        return null;
      }),
    },
  };
}
