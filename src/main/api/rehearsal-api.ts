import { RehearsalService } from '../workflow/rehearse/rehearsal-service.ts';
import { WorkflowTests } from '../workflow/rehearse/workflow-tests.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function rehearsalProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, ports }: ApiParts,
) {
  const rehearsals = new RehearsalService({ connection, committer, ports });
  const { clock, ids } = ports;
  const tests = new WorkflowTests({ connection, committer, clock, ids });
  return {
    workflow_tests: {
      list: os.workflow_tests.list.handler(({ input }) => ({ items: tests.list(input.id) })),
      keep: os.workflow_tests.keep.handler(({ input, context }) => {
        const { id, name, record, start_anyway: startAnyway = false, draft } = input;
        return tests.keep(context.actor, id, { name, record, startAnyway, draft });
      }),
      accept: os.workflow_tests.accept.handler(({ input, context }) =>
        tests.accept(context.actor, input.id, input.test_id, input.draft),
      ),
      remove: os.workflow_tests.remove.handler(({ input, context }) =>
        tests.remove(context.actor, input.id, input.test_id),
      ),
      run: os.workflow_tests.run.handler(async ({ input }) => ({
        items: await tests.run(input.id, input.draft),
      })),
    },
    rehearsal: {
      run: os.rehearsal.run.handler(({ input, signal }) => rehearsals.start(input, signal)),
      result: os.rehearsal.result.handler(({ input, signal }) => rehearsals.result(input, signal)),
    },
  };
}
