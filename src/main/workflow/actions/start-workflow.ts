import type { startWorkflow } from '../../../shared/workflow/actions/start-workflow.ts';
import { startWorkflowOn } from '../workflow-service.ts';
import { type ActionImplementation, completed } from './action.ts';

export const startWorkflowAction: ActionImplementation<typeof startWorkflow> = {
  /** The other run starts after this one's commit, with this one in its chain of causes. */
  execute({ unit, subject }, { workflow_id: id }) {
    return completed({ execution_id: startWorkflowOn(unit, id.trim(), subject) });
  },
};
