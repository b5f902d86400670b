import { listPipelines, getPipeline, listStages, toStage } from '../crm/deals/pipeline.ts';
import {
  createPipeline,
  createStage,
  updatePipeline,
  updateStage,
} from '../crm/deals/pipeline-service.ts';
import { removePipeline, removeStage } from '../crm/deals/remove-stages.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function pipelineProcedures(os: ReturnType<typeof createBase>, parts: ApiParts) {
  const { connection, committer, catalog, ports, readers } = parts;
  const { reader } = connection;
  const own = { connection, committer, clock: ports.clock };

  function write<T>(
    actor: Parameters<typeof committer.commit>[0],
    work: (unit: UnitOfWork) => T,
  ): T {
    // Definitions that name a stage are read anew.
    catalog.invalidate();
    return committer.commit(actor, work);
  }

  async function remove(work: Promise<number>): Promise<{ count: number }> {
    const count = await work;
    catalog.invalidate();
    return { count };
  }

  return {
    pipeline: {
      stages: os.pipeline.stages.handler(() => listStages(reader).map(toStage)),
      board: os.pipeline.board.handler(({ input, signal }) =>
        readers.run('deals.board', { pipeline: input?.pipeline }, signal),
      ),
    },
    pipelines: {
      list: os.pipelines.list.handler(() => ({ items: listPipelines(reader) })),
      get: os.pipelines.get.handler(({ input }) => getPipeline(reader, input.id)),
      create: os.pipelines.create.handler(({ input, context }) =>
        write(context.actor, (unit) => createPipeline(unit, input)),
      ),
      update: os.pipelines.update.handler(({ input: { id, ...patch }, context }) =>
        write(context.actor, (unit) => updatePipeline(unit, id, patch)),
      ),
      remove: os.pipelines.remove.handler(async ({ input, context }) => {
        await remove(removePipeline(own, context.actor, input.id, null));
      }),
      dissolve: os.pipelines.dissolve.handler(({ input, context }) =>
        remove(removePipeline(own, context.actor, input.id, input.move_to)),
      ),
    },
    stages: {
      create: os.stages.create.handler(({ input: { id, ...input }, context }) =>
        write(context.actor, (unit) => createStage(unit, id, input)),
      ),
      update: os.stages.update.handler(({ input: { slug, ...patch }, context }) =>
        write(context.actor, (unit) => updateStage(unit, slug, patch)),
      ),
      remove: os.stages.remove.handler(async ({ input, context }) => {
        await remove(removeStage(own, context.actor, input.slug, null));
      }),
      dissolve: os.stages.dissolve.handler(({ input, context }) =>
        remove(removeStage(own, context.actor, input.slug, input.move_to)),
      ),
    },
  };
}
