import type { Problem } from '../../../shared/workflow/definition.ts';
import { useWorkflowText } from './use-words.ts';

/** A problem in the words of the screen; those that name values keep the message of the check. */
export function useProblemText(): (problem: Problem) => string {
  const t = useWorkflowText();
  return (problem) => t(`problems.${problem.code}`, { defaultValue: problem.message });
}
