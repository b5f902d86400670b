import { recordAsOf, restoreAsOf } from '../crm/timeline/as-of.ts';
import { listTimeline } from '../crm/timeline/timeline.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function timelineProcedures(
  os: ReturnType<typeof createBase>,
  { connection: { reader }, committer }: ApiParts,
) {
  return {
    timeline: {
      list: os.timeline.list.handler(({ input }) => listTimeline(reader, input)),
      as_of: os.timeline.as_of.handler(({ input }) => recordAsOf(reader, input, input.at)),
      restore: os.timeline.restore.handler(({ input, context }) => ({
        count: committer.commit(context.actor, (unit) => restoreAsOf(unit, input, input.at)),
      })),
    },
  };
}
