import type { CauseLink } from '../../../shared/events/event-types.ts';

/** Runs that may follow from one another before the last is taken for a loop. */
const maximumDepth = 10;

/**
 * @param chain the runs that led to the event, oldest first
 * @returns why the workflow must not start on this record, or null when it may
 */
export function refuseLoop(
  chain: readonly CauseLink[],
  workflowId: string,
  recordId: string | null,
): string | null {
  if (chain.some((link) => link.workflow_id === workflowId && link.record_id === recordId)) {
    return 'loop: this workflow already ran on this record in the same chain of causes';
  }
  if (chain.length >= maximumDepth) {
    return `loop: ${maximumDepth} runs had already followed from one another`;
  }
  return null;
}
