import { awaySummary, decideMissedOf } from '../workflow/missed-service.ts';
import { dismissAway } from '../workflow/store/away-store.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function awayProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, wake }: ApiParts,
) {
  return {
    away: {
      summary: os.away.summary.handler(() => awaySummary(connection.reader)),
      dismiss: os.away.dismiss.handler(({ context }) =>
        committer.commit(context.actor, (unit) => {
          dismissAway(unit.db);
          unit.touch('workflow', 'all');
        }),
      ),
      decide: os.away.decide.handler(({ input, context }) => {
        const answer = committer.commit(context.actor, (unit) =>
          decideMissedOf(unit, input.id, input.decision),
        );
        wake();
        return answer;
      }),
    },
  };
}
