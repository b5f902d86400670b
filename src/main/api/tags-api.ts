import { dissolveTag, listTags, updateTag } from '../crm/tags/tag-service.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function tagProcedures(os: ReturnType<typeof createBase>, parts: ApiParts) {
  const { connection, committer, ports } = parts;
  const own = { connection, committer, clock: ports.clock };
  return {
    tags: {
      list: os.tags.list.handler(() => listTags(connection.reader)),
      update: os.tags.update.handler(({ input: { id, ...patch }, context }) =>
        committer.commit(context.actor, (unit) => updateTag(unit, id, patch)),
      ),
      merge: os.tags.merge.handler(async ({ input, context }) => ({
        count: await dissolveTag(own, context.actor, input.id, input.into),
      })),
      remove: os.tags.remove.handler(async ({ input, context }) => ({
        count: await dissolveTag(own, context.actor, input.id, null),
      })),
    },
  };
}
