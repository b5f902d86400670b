import type { PlanMoment } from '../../shared/workflow/conditions/plan-rule.ts';
import { createView, getView, listViews, removeView, updateView } from '../crm/views/view-store.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** Hits of each kind, unless more or fewer are asked for. */
const defaultHits = 6;

/** Saved views, the records of any view, and search. Whatever may take long is read by the readers. */
export function viewProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, readers }: ApiParts,
) {
  const { reader } = connection;
  const moment = (): PlanMoment => ({ now: ports.clock.now(), timeZone: ports.clock.timeZone() });
  return {
    views: {
      list: os.views.list.handler(({ input }) => ({ items: listViews(reader, input?.object) })),
      get: os.views.get.handler(({ input }) => getView(reader, input.id)),
      create: os.views.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createView(unit, input)),
      ),
      update: os.views.update.handler(({ input, context }) => {
        const { id, ...patch } = input;
        return committer.commit(context.actor, (unit) => updateView(unit, id, patch));
      }),
      remove: os.views.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeView(unit, input.id)),
      ),
      records: os.views.records.handler(({ input, signal }) => {
        const { id, ...page } = input;
        const { object, conditions, sort, group_by } = getView(reader, id);
        return readers.run(
          'views.list',
          { object, conditions, sort, group_by, ...page, moment: moment() },
          signal,
        );
      }),
      query: os.views.query.handler(({ input, signal }) =>
        readers.run('views.list', { ...input, moment: moment() }, signal),
      ),
      count: os.views.count.handler(async ({ input, signal }) => ({
        count: await readers.run('views.count', { ...input, moment: moment() }, signal),
      })),
      groups: os.views.groups.handler(({ input, signal }) =>
        readers.run('views.groups', { ...input, moment: moment() }, signal),
      ),
    },
    search: {
      names: os.search.names.handler(async ({ input, signal }) => ({
        items: await readers.run(
          'search.names',
          { q: input.q, limit: input.limit ?? defaultHits },
          signal,
        ),
      })),
      further: os.search.further.handler(async ({ input, signal }) => ({
        items: await readers.run(
          'search.further',
          { q: input.q, limit: input.limit ?? defaultHits },
          signal,
        ),
      })),
    },
  };
}
