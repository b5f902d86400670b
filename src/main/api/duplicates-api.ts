import { dismissDuplicates, recallDuplicates } from '../crm/duplicates/dismissals.ts';
import { mergeRecords } from '../crm/duplicates/merge-records.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function duplicateProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, readers }: ApiParts,
) {
  const parts = { reader: connection.reader, committer, readers, clock: ports.clock };
  return {
    duplicates: {
      find: os.duplicates.find.handler(({ input, signal }) =>
        readers.run('duplicates.find', input, signal),
      ),
      merge: os.duplicates.merge.handler(({ input, context }) =>
        mergeRecords(parts, context.actor, input),
      ),
      dismiss: os.duplicates.dismiss.handler(({ input, context }) => {
        committer.commit(context.actor, (unit) => dismissDuplicates(unit, input.ids));
        return null;
      }),
      recall: os.duplicates.recall.handler(({ input, context }) => {
        committer.commit(context.actor, (unit) => recallDuplicates(unit, input.ids));
        return null;
      }),
    },
  };
}
