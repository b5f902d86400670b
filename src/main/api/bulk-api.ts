import { changeInBulk } from '../crm/bulk/bulk-change.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function bulkProcedures(
  os: ReturnType<typeof createBase>,
  { ports, committer, readers, backups }: ApiParts,
) {
  return {
    bulk: {
      run: os.bulk.run.handler(({ input, context, signal }) =>
        changeInBulk(
          { committer, readers, clock: ports.clock, backups },
          context.actor,
          input,
          signal,
        ),
      ),
    },
  };
}
