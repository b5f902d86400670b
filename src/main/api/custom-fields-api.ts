import { createCustomField, updateCustomField } from '../crm/fields/custom-field-service.ts';
import { listCustomFields } from '../crm/fields/custom-field-store.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function customFieldProcedures(
  os: ReturnType<typeof createBase>,
  { connection: { reader }, committer, catalog }: ApiParts,
) {
  const { custom_fields: base } = os;
  return {
    custom_fields: {
      list: base.list.handler(() => listCustomFields(reader)),
      create: base.create.handler(({ input, context }) => {
        // Definitions that name the field are read anew.
        catalog.invalidate();
        return committer.commit(context.actor, (unit) => createCustomField(unit, input));
      }),
      update: base.update.handler(({ input: { id, ...patch }, context }) => {
        catalog.invalidate();
        return committer.commit(context.actor, (unit) => updateCustomField(unit, id, patch));
      }),
      remove: base.remove.handler(({ input, context }) => {
        catalog.invalidate();
        committer.commit(context.actor, (unit) =>
          updateCustomField(unit, input.id, { is_retired: true }),
        );
      }),
    },
  };
}
