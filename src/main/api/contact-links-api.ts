import { createLink, removeLink, updateLink } from '../crm/links/contact-link-service.ts';
import { listLinks } from '../crm/links/contact-link-store.ts';
import { invalid } from '../errors.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function contactLinkProcedures(
  os: ReturnType<typeof createBase>,
  { connection: { reader }, committer }: ApiParts,
) {
  const { contact_links: base } = os;
  return {
    contact_links: {
      list: base.list.handler(({ input }) => {
        const asked = (['contact_id', 'company_id', 'deal_id'] as const).filter(
          (end) => input[end] !== undefined,
        );
        const [end] = asked;
        if (end === undefined || asked.length > 1)
          throw invalid('contact_id', 'Give one of contact_id, company_id and deal_id.');
        return { items: listLinks(reader, end, input[end] ?? '') };
      }),
      create: base.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => createLink(unit, input)),
      ),
      update: base.update.handler(({ input: { id, ...patch }, context }) =>
        committer.commit(context.actor, (unit) => updateLink(unit, id, patch)),
      ),
      remove: base.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeLink(unit, input.id)),
      ),
    },
  };
}
