import { RehearsalService } from '../workflow/rehearse/rehearsal-service.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function rehearsalProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, ports }: ApiParts,
) {
  const rehearsals = new RehearsalService({ connection, committer, ports });
  return {
    rehearsal: {
      run: os.rehearsal.run.handler(({ input, signal }) => rehearsals.start(input, signal)),
      result: os.rehearsal.result.handler(({ input, signal }) => rehearsals.result(input, signal)),
    },
  };
}
