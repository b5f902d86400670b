import { workingCalendar } from '../crm/settings/working-calendar.ts';
import { invalid } from '../errors.ts';
import {
  countAttention,
  readAttention,
  setDismissed,
  workflowsToRetry,
} from '../workflow/insight/attention.ts';
import { checkWorkflow } from '../workflow/insight/checkup.ts';
import { retryFailedRuns } from '../workflow/retry-failed-runs.ts';
import { getWorkflowRow } from '../workflow/store/workflow-store.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

const defaultPeriodMs = 30 * 86_400_000;

/** What runs did, what needs the user, and why a workflow does not run. */
export function insightProcedures(
  os: ReturnType<typeof createBase>,
  { connection: { reader }, committer, readers, ports: { clock }, wake }: ApiParts,
) {
  return {
    insight: {
      analytics: os.insight.analytics.handler(({ input, signal }) => {
        const { workflow_id: workflowId, from, to } = input ?? {};
        if (workflowId !== undefined) getWorkflowRow(reader, workflowId);
        // What runs now is counted: the period ends right after this instant.
        const end = to === undefined ? clock.now() + 1 : Date.parse(to);
        const start = from === undefined ? end - defaultPeriodMs : Date.parse(from);
        if (start >= end) throw invalid('from', 'from must be earlier than to.');
        return readers.run(
          'workflows.analytics',
          {
            workflow_id: workflowId ?? null,
            from: new Date(start).toISOString(),
            to: new Date(end).toISOString(),
            time_zone: workingCalendar(reader).time_zone ?? clock.timeZone(),
          },
          signal,
        );
      }),
      attention: os.insight.attention.handler(() => readAttention(reader)),
      attention_count: os.insight.attention_count.handler(() => ({
        total: countAttention(reader),
      })),
      retry_all: os.insight.retry_all.handler(async ({ input, context, signal }) => {
        const only = input?.workflow_id;
        if (only !== undefined) getWorkflowRow(reader, only);
        const parts = { reader, committer, clock };
        const done = { count: 0, refused: 0 };
        for (const workflowId of only === undefined ? workflowsToRetry(reader) : [only]) {
          const order = { workflowId, version: 'own', how: 'resume' } as const;
          // One after the other: each is done in slices of its own.
          const { count, refused } = await retryFailedRuns(parts, context.actor, order, signal);
          done.count += count;
          done.refused += refused;
        }
        wake();
        return done;
      }),
      dismiss: os.insight.dismiss.handler(({ input, context }) => ({
        count: committer.commit(context.actor, (unit) =>
          setDismissed(unit, input.workflow_id, true),
        ),
      })),
      recall: os.insight.recall.handler(({ input, context }) => ({
        count: committer.commit(context.actor, (unit) =>
          setDismissed(unit, input.workflow_id, false),
        ),
      })),
      checkup: os.insight.checkup.handler(({ input }) => ({
        checks: checkWorkflow(reader, input.id),
      })),
    },
  };
}
