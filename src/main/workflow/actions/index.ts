import type { ActionDescriptor } from '../../../shared/workflow/actions/descriptor.ts';
import type { ActionType, DescriptorOf } from '../../../shared/workflow/actions/index.ts';
import type { ActionContext, ActionImplementation, Outcome } from './action.ts';
import { addTagAction, removeTagAction } from './change-tags.ts';
import { createDealAction } from './create-deal.ts';
import { completeTaskAction } from './complete-task.ts';
import { createCompanyAction } from './create-company.ts';
import { createContactAction } from './create-contact.ts';
import { logActivityAction } from './log-activity.ts';
import { moveDealStageAction } from './move-deal-stage.ts';
import { startWorkflowAction } from './start-workflow.ts';
import { createNoteAction } from './create-note.ts';
import { createTaskAction } from './create-task.ts';
import { sendEmailAction } from './send-email.ts';
import { sendNotificationAction } from './send-notification.ts';
import { updateFieldAction } from './update-field.ts';
import { webhookAction } from './webhook.ts';

/** Every descriptor has its implementation here; a gap does not compile. */
const implementations = {
  create_task: createTaskAction,
  update_field: updateFieldAction,
  create_deal: createDealAction,
  send_notification: sendNotificationAction,
  send_email: sendEmailAction,
  webhook: webhookAction,
  add_tag: addTagAction,
  remove_tag: removeTagAction,
  start_workflow: startWorkflowAction,
  move_deal_stage: moveDealStageAction,
  log_activity: logActivityAction,
  create_contact: createContactAction,
  create_company: createCompanyAction,
  complete_task: completeTaskAction,
  create_note: createNoteAction,
} satisfies { [T in ActionType]: ActionImplementation<DescriptorOf<T>> };

/** @param config as checked against the descriptor of the same type, templates rendered */
export function executeAction(
  type: ActionType,
  context: ActionContext,
  config: Record<string, unknown>,
): Outcome {
  const implementation: ActionImplementation<ActionDescriptor> = implementations[type];
  return implementation.execute(context, config);
}
