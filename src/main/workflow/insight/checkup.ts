import type { WorkflowCheck } from '../../../shared/contract/insight.ts';
import { triggerDescriptor, isTriggerType } from '../../../shared/workflow/triggers.ts';
import { isAutomationPaused } from '../../automation-pause.ts';
import type { Reader } from '../../db/handle.ts';
import { listExecutions } from '../store/execution-store.ts';
import { countOpenRuns } from '../store/pause-store.ts';
import { getWorkflowRow, toWorkflow } from '../store/workflow-store.ts';
import { whyOfEvent } from '../why.ts';
import { definitionKnowledge } from '../workflow-service.ts';

type Answer = Pick<WorkflowCheck, 'is_ok' | 'message'> & Partial<WorkflowCheck>;

/**
 * The questions a person asks when nothing happens, each with what was found and what puts it right.
 *
 * @throws UserError `not_found`
 */
export function checkWorkflow(db: Reader, id: string): WorkflowCheck[] {
  const workflow = toWorkflow(db, getWorkflowRow(db, id), definitionKnowledge(db));
  const { status, parked_reason: parked, paused_reason: paused, problems, actions } = workflow;
  const [problem] = problems;
  // The editor is where its addresses are confirmed.
  const toEdit = problem !== undefined || workflow.unconfirmed_addresses.length > 0;
  const answers: readonly (readonly [WorkflowCheck['check'], Answer])[] = [
    [
      'active',
      status === 'active'
        ? { is_ok: true, message: 'It is on.' }
        : {
            is_ok: false,
            message:
              paused === null
                ? status === 'draft'
                  ? 'It is a draft. Turn it on.'
                  : 'It is paused. Turn it on.'
                : `Trellis paused it: ${paused}.`,
            cure: toEdit ? 'edit' : 'turn_on',
          },
    ],
    [
      'steps',
      actions.length > 0 && !problem
        ? {
            is_ok: true,
            message: `It has ${actions.length === 1 ? '1 step' : `${actions.length} steps`} and no problems.`,
          }
        : {
            is_ok: false,
            message: problem
              ? `${problem.path}: ${problem.message}`
              : 'It has no step, so there is nothing to do.',
            cure: 'edit',
          },
    ],
    [
      'parked',
      parked === null
        ? { is_ok: true, message: 'Its definition can be read.' }
        : { is_ok: false, message: parked, cure: 'edit' },
    ],
    [
      'automation',
      isAutomationPaused(db)
        ? { is_ok: false, message: 'All automation is paused.', cure: 'resume_automation' }
        : { is_ok: true, message: 'Automation is on.' },
    ],
    ['trigger', checkTrigger(db, id, workflow.triggers)],
    ['runs', lastRun(db, id)],
    ['failures', failures(db, id)],
  ];
  return answers.map(([check, answer]) => ({
    check,
    cure: null,
    execution_id: null,
    at: null,
    ...answer,
  }));
}

/** The last event of one of its types, and what became of it. */
function checkTrigger(
  db: Reader,
  id: string,
  triggers: readonly { readonly type: string }[],
): Answer {
  const types = [...new Set(triggers.map(({ type }) => type))];
  const words = types
    .map((type) => (isTriggerType(type) ? triggerDescriptor(type).words : type))
    .join(' or ');
  const last = types
    .flatMap(
      (type) =>
        db.get<{ id: string; seq: number; occurred_at: string }>(
          'SELECT id, seq, occurred_at FROM events WHERE type = ? ORDER BY seq DESC LIMIT 1',
          type,
        ) ?? [],
    )
    .toSorted((a, b) => b.seq - a.seq)[0];
  if (!last) {
    return {
      is_ok: false,
      message: `It runs when ${words}. That has not happened yet, as far as the history goes back. Try it by hand.`,
      cure: 'run_now',
    };
  }
  const { outcome, message, execution_id: run } = whyOfEvent(db, id, last.id);
  return {
    is_ok: outcome === 'enrolled',
    message: `The last time ${words}: ${message}`,
    at: last.occurred_at,
    execution_id: run,
    cure: run === null ? null : 'open_run',
  };
}

function lastRun(db: Reader, id: string): Answer {
  const [run] = listExecutions(db, { limit: 1 }, [
    { sql: 'r.workflow_id = ?', values: [id] },
  ]).items;
  if (!run) return { is_ok: false, message: 'It has not run yet.', cure: 'run_now' };
  const bad = run.status === 'failed' || run.status === 'parked' || run.status === 'skipped';
  return {
    is_ok: !bad,
    message: run.error_message ?? `Its last run: ${run.status}.`,
    cure: 'open_run',
    execution_id: run.id,
    at: run.created_at,
  };
}

function failures(db: Reader, id: string): Answer {
  const { failed, parked } = countOpenRuns(db, id);
  if (failed + parked === 0) return { is_ok: true, message: 'No run has failed or waits for you.' };
  return {
    is_ok: false,
    message: `${failed} failed, ${parked} waiting for a decision.`,
    cure: failed > 0 ? 'retry_failed' : null,
  };
}
