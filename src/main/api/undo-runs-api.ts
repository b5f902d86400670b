import type { PutBack } from '../workflow/undo/undo-plan.ts';
import { previewUndo, undoRuns } from '../workflow/undo/undo-runs.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function undoRunsProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, ports }: ApiParts,
) {
  const parts = { connection, committer, clock: ports.clock };
  return {
    undo_runs: {
      preview_run: os.undo_runs.preview_run.handler(({ input }) =>
        previewUndo(parts, { execution_id: input.id }),
      ),
      run: os.undo_runs.run.handler(({ input, context, signal }) =>
        undoRuns(
          parts,
          context.actor,
          { execution_id: input.id },
          putBackOf(input.put_back),
          signal,
        ),
      ),
      preview_workflow: os.undo_runs.preview_workflow.handler(({ input }) =>
        previewUndo(parts, { workflow_id: input.id, since: input.since }),
      ),
      workflow: os.undo_runs.workflow.handler(({ input, context, signal }) =>
        undoRuns(
          parts,
          context.actor,
          { workflow_id: input.id, since: input.since },
          putBackOf(input.put_back),
          signal,
        ),
      ),
    },
  };
}

function putBackOf(given: 'all' | readonly string[] | undefined): PutBack {
  return given === 'all' ? 'all' : new Set(given);
}
