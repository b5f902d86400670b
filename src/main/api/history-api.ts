import { listBin } from '../crm/bin/bin-store.ts';
import { UndoService } from '../crm/undo/undo-service.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** What definitions name. A stage that is removed with its deals is told by the first of the deals. */
const named = ['custom_field', 'pipeline', 'stage', 'deal'] as const;

export function historyProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, ports, bin, catalog }: ApiParts,
) {
  const undo = new UndoService({ connection, committer, clock: ports.clock });
  const run = async (direction: 'undo' | 'redo', actionId: string | null) => {
    const result = await undo.run(direction, actionId);
    // Definitions that name the field or stage are read anew.
    if (named.some((object) => object === result.action?.object)) catalog.invalidate();
    return result;
  };
  return {
    history: {
      latest: os.history.latest.handler(() => undo.latest()),
      undo: os.history.undo.handler(({ input }) => run('undo', input?.action_id ?? null)),
      redo: os.history.redo.handler(({ input }) => run('redo', input?.action_id ?? null)),
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
