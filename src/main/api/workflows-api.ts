import { getExecution, listExecutions, runFilters } from '../workflow/store/execution-store.ts';
import { readWorkflowHealth } from '../workflow/store/workflow-health.ts';
import { getWorkflowRow, listWorkflows, toWorkflow } from '../workflow/store/workflow-store.ts';
import {
  createWorkflow,
  definitionKnowledge,
  removeWorkflow,
  startWorkflow,
  updateWorkflow,
} from '../workflow/workflow-service.ts';
import { retryFailedRuns } from '../workflow/retry-failed-runs.ts';
import { cancelExecution, fireNow } from '../workflow/run-control.ts';
import { UserError } from '../errors.ts';
import { whyOfEvent, whyOfRecord } from '../workflow/why.ts';
import { withWarnings } from '../workflow/loop-warnings.ts';
import { applyNewestVersion, countOlderRuns } from '../workflow/publish-over-runs.ts';
import { pauseWorkflow } from '../workflow/pause-workflow.ts';
import { countOpenRuns } from '../workflow/store/pause-store.ts';
import { restartRun, resumeStoppedRun } from '../workflow/stopped-runs.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

export function workflowProcedures(
  os: ReturnType<typeof createBase>,
  { connection, committer, catalog, pauses, ports, wake, backups }: ApiParts,
) {
  const { reader } = connection;
  const sliced = { reader, committer, clock: ports.clock };
  return {
    workflows: {
      list: os.workflows.list.handler(({ input }) =>
        listWorkflows(reader, input ?? {}, definitionKnowledge(reader)),
      ),
      get: os.workflows.get.handler(({ input }) =>
        withWarnings(
          reader,
          toWorkflow(reader, getWorkflowRow(reader, input.id), definitionKnowledge(reader)),
        ),
      ),
      create: os.workflows.create.handler(async ({ input, context }) => {
        if (input.status === 'active') await backups.before('before-publish');
        catalog.invalidate();
        const workflow = committer.commit(context.actor, (unit) => createWorkflow(unit, input));
        // Its timed triggers are watched from now on.
        wake();
        return workflow;
      }),
      update: os.workflows.update.handler(async ({ input, context, signal }) => {
        const { id, waiting_runs: runs = 'keep', ...patch } = input;
        if (patch.status === 'active') await backups.before('before-publish');
        catalog.invalidate();
        const workflow = committer.commit(context.actor, (unit) => updateWorkflow(unit, id, patch));
        wake();
        pauses.wake();
        if (runs !== 'keep') await applyNewestVersion(sliced, context.actor, id, runs, signal);
        return workflow;
      }),
      remove: os.workflows.remove.handler(({ input, context }) => {
        catalog.invalidate();
        return committer.commit(context.actor, (unit) => removeWorkflow(unit, input.id));
      }),
      execute: os.workflows.execute.handler(({ input, context }) => {
        const { id, ...start } = input;
        return {
          execution_id: committer.commit(context.actor, (unit) => startWorkflow(unit, id, start)),
        };
      }),
      executions: os.workflows.executions.handler(({ input }) => {
        getWorkflowRow(reader, input.id);
        const { id, version, ...query } = input;
        return listExecutions(reader, query, [
          { sql: 'r.workflow_id = ?', values: [id] },
          ...(version === undefined ? [] : [{ sql: 'v.number = ?', values: [version] }]),
        ]);
      }),
      pause: os.workflows.pause.handler(({ input, context }) => {
        const { id, runs } = input;
        catalog.invalidate();
        committer.commit(context.actor, (unit) => pauseWorkflow(unit, id, runs ?? 'drain'));
        pauses.wake();
        return toWorkflow(reader, getWorkflowRow(reader, id), definitionKnowledge(reader));
      }),
      resume: os.workflows.resume.handler(({ input, context }) => {
        const { id, confirm_addresses } = input;
        catalog.invalidate();
        const workflow = committer.commit(context.actor, (unit) =>
          updateWorkflow(unit, id, { status: 'active', confirm_addresses }),
        );
        pauses.wake();
        return workflow;
      }),
      why: os.workflows.why.handler(({ input }) => {
        const { id, event_id: eventId, ...records } = input;
        const [recordId, ...more] = Object.values(records).filter((value) => value !== undefined);
        if ((eventId === undefined) === (recordId === undefined) || more.length > 0) {
          throw new UserError(
            'bad_request',
            'Give one of event_id, contact_id, company_id, deal_id or activity_id.',
            { field: 'event_id' },
          );
        }
        return {
          items:
            eventId === undefined
              ? whyOfRecord(reader, id, recordId ?? '')
              : [whyOfEvent(reader, id, eventId)],
        };
      }),
      older_runs: os.workflows.older_runs.handler(({ input }) => {
        getWorkflowRow(reader, input.id);
        return countOlderRuns(reader, input.id);
      }),
      apply_version: os.workflows.apply_version.handler(({ input, context, signal }) => {
        getWorkflowRow(reader, input.id);
        return applyNewestVersion(sliced, context.actor, input.id, input.waiting_runs, signal);
      }),
      open_runs: os.workflows.open_runs.handler(({ input }) => {
        getWorkflowRow(reader, input.id);
        return countOpenRuns(reader, input.id);
      }),
      retry_failed: os.workflows.retry_failed.handler(async ({ input, context, signal }) => {
        const { id, version, how } = input;
        getWorkflowRow(reader, id);
        const order = { workflowId: id, version: version ?? 'own', how: how ?? 'resume' } as const;
        const done = await retryFailedRuns(sliced, context.actor, order, signal);
        wake();
        return done;
      }),
      health: os.workflows.health.handler(() => readWorkflowHealth(reader)),
    },
    executions: {
      retry: os.executions.retry.handler(({ input, context }) => {
        const { id, version } = input;
        committer.commit(context.actor, (unit) =>
          resumeStoppedRun(unit, id, 'again', version ?? 'own'),
        );
        wake();
        return getExecution(reader, id);
      }),
      skip: os.executions.skip.handler(({ input, context }) => {
        const { id, version } = input;
        committer.commit(context.actor, (unit) =>
          resumeStoppedRun(unit, id, 'skip', version ?? 'own'),
        );
        wake();
        return getExecution(reader, id);
      }),
      restart: os.executions.restart.handler(({ input, context }) => {
        const { id, version } = input;
        const restarted = committer.commit(context.actor, (unit) =>
          restartRun(unit, id, version ?? 'own'),
        );
        wake();
        return getExecution(reader, restarted);
      }),
      cancel: os.executions.cancel.handler(({ input, context }) => {
        committer.commit(context.actor, (unit) => cancelExecution(unit, input.id));
        return getExecution(reader, input.id);
      }),
      fire_now: os.executions.fire_now.handler(({ input, context }) => {
        committer.commit(context.actor, (unit) => fireNow(unit, input.id));
        wake();
        return getExecution(reader, input.id);
      }),
      get: os.executions.get.handler(({ input }) => getExecution(reader, input.id)),
      list: os.executions.list.handler(({ input }) => {
        const { limit, cursor, ...filter } = input ?? {};
        return listExecutions(reader, { limit, cursor }, runFilters(filter));
      }),
    },
  };
}
