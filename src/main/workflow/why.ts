import type { Why, WhySeen } from '../../shared/contract/why.ts';
import { readWorkflowStatus, triggersOf } from '../../shared/workflow/definition.ts';
import { recordName } from '../crm/records/record-name.ts';
import type { Reader } from '../db/handle.ts';
import { notFound } from '../errors.ts';
import {
  type DispatchedEvent,
  findDispatchedEvent,
  recentEventsOf,
} from '../events/event-store.ts';
import { explainTrigger } from './decide/explain-trigger.ts';
import { findRunOfEvent } from './store/execution-store.ts';
import { findRefusal, type Refusal } from './store/refusal-store.ts';
import { versionAt } from './store/version-store.ts';
import { getWorkflowRow, type WorkflowRow } from './store/workflow-store.ts';

/** Events of a record that are answered at once. */
const recentEvents = 20;

type Verdict = Pick<Why, 'outcome' | 'rule' | 'message'> & {
  readonly seen?: WhySeen[];
  readonly execution_id?: string;
};

/**
 * Why an event did, or did not, start a workflow. What the engine kept when it happened comes first; what it did not
 * need to keep follows from the event and the version that was in force then.
 *
 * @throws UserError `not_found`
 */
export function whyOfEvent(db: Reader, workflowId: string, eventId: string): Why {
  const workflow = getWorkflowRow(db, workflowId);
  const event = findDispatchedEvent(db, eventId);
  if (!event) throw notFound('event', eventId);
  return answer(db, workflow, event);
}

/**
 * The newest events of a record, each with its answer.
 *
 * @throws UserError `not_found`
 */
export function whyOfRecord(db: Reader, workflowId: string, recordId: string): Why[] {
  const workflow = getWorkflowRow(db, workflowId);
  return recentEventsOf(db, recordId, recentEvents).map((event) => answer(db, workflow, event));
}

function answer(db: Reader, workflow: WorkflowRow, event: DispatchedEvent): Why {
  const { object, record_id: id } = event;
  const record = object === null || id === null ? null : { object, id };
  const { outcome, rule, message, seen, execution_id } = judge(db, workflow, event);
  return {
    event: {
      id: event.id,
      type: event.type,
      record,
      record_name: record ? recordName(db, record) : null,
      occurred_at: event.occurred_at,
    },
    outcome,
    rule,
    message,
    seen: seen ?? [],
    execution_id: execution_id ?? null,
  };
}

function judge(db: Reader, workflow: WorkflowRow, event: DispatchedEvent): Verdict {
  const run = findRunOfEvent(db, workflow.id, event.id);
  if (run?.status === 'skipped') {
    return {
      outcome: 'refused',
      rule: 'loop',
      message: `${run.error_message ?? 'skipped: loop'}.`,
      execution_id: run.id,
    };
  }
  if (run) {
    return { outcome: 'enrolled', rule: null, message: 'It started a run.', execution_id: run.id };
  }
  const refusal = findRefusal(db, workflow.id, event.id);
  if (refusal) return { outcome: 'refused', ...inWords(refusal) };
  const version = versionAt(db, workflow.id, event.occurred_at);
  if (!version) {
    return {
      outcome: 'not_listening',
      rule: 'not_published',
      message: 'The workflow was not turned on yet when this happened. It does not look back.',
    };
  }
  const trigger = explainTrigger({ id: workflow.id, definition: version.definition }, event);
  if (trigger.kind !== 'matches') {
    return {
      outcome: 'no_match',
      rule: trigger.kind,
      message:
        trigger.kind === 'trigger_type'
          ? `It waits for ${triggersOf(version.definition)
              .map(({ type }) => type)
              .join(' or ')}; this was ${event.type}.`
          : 'The trigger asks for something else than what happened.',
      seen: trigger.seen,
    };
  }
  if (event.data.starts === false || event.actor.kind === 'undo') {
    return {
      outcome: 'refused',
      rule: 'silent',
      message:
        'Whoever made this change asked that it starts no workflow, as an import or an undo does.',
    };
  }
  if (event.dispatched_at === null) return notDispatched(workflow);
  if (event.dispatch_error !== null) {
    return {
      outcome: 'refused',
      rule: 'error',
      message: `The event could not be handled: ${event.dispatch_error}.`,
    };
  }
  return {
    outcome: 'not_listening',
    rule: 'not_active',
    message: 'The workflow was a draft, or could not run, when this happened. Turn it on.',
  };
}

function notDispatched(workflow: WorkflowRow): Verdict {
  return readWorkflowStatus(workflow.status) === 'active'
    ? {
        outcome: 'pending',
        rule: 'not_dispatched',
        message: 'The event has not been handled yet. It is, as soon as a program runs workflows.',
      }
    : {
        outcome: 'not_listening',
        rule: 'not_active',
        message: 'The workflow is not active. Turn it on.',
      };
}

/** A kept refusal as people read it. */
export function inWords(refusal: Refusal): Omit<Verdict, 'outcome'> {
  switch (refusal.rule) {
    case 'conditions':
      return {
        rule: 'conditions',
        message: 'The record was not as the entry conditions ask.',
        seen: refusal.seen.rules.map(({ field, operator, value, seen }) => ({
          name: field,
          operator,
          wanted: value,
          seen,
        })),
      };
    case 're_entry':
      return {
        rule: 're_entry',
        message: `It takes a record in ${refusal.seen.re_entry === 'once' ? 'once' : 'again only when its run is over'}: ${refusal.seen.reason}.`,
      };
    case 'paused':
      return {
        rule: 'paused',
        message: 'The workflow was paused when this happened. Turn it on, and start it by hand.',
      };
  }
}
