import { listBin } from '../crm/bin/bin-store.ts';
import { UndoService } from '../crm/undo/undo-service.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function historyProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, ports, bin }: ApiParts,
) {
  const undo = new UndoService({ connection, committer, clock: ports.clock });
  return {
    history: {
      latest: os.history.latest.handler(() => undo.latest()),
      undo: os.history.undo.handler(({ input }) => undo.run('undo', input?.action_id ?? null)),
      redo: os.history.redo.handler(({ input }) => undo.run('redo', input?.action_id ?? null)),
    },
    bin: {
      list: os.bin.list.handler(({ input }) => listBin(connection.reader, input ?? {})),
      restore: os.bin.restore.handler(({ input, context }) => ({
        count: committer.commit(context.actor, (unit) => bin.restore(unit, input.records), {
          action: { kind: 'bin', seq: null },
        }),
      })),
      remove: os.bin.remove.handler(({ input, context }) => ({
        count: committer.commit(context.actor, (unit) => bin.remove(unit, input.records)),
      })),
      empty: os.bin.empty.handler(async () => ({ count: await bin.empty() })),
    },
  };
}
