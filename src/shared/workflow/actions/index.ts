import { addTag } from './add-tag.ts';
import { createDeal } from './create-deal.ts';
import { createNote } from './create-note.ts';
import { createTask } from './create-task.ts';
import { completeTask } from './complete-task.ts';
import { createCompany } from './create-company.ts';
import { createContact } from './create-contact.ts';
import { logActivity } from './log-activity.ts';
import { moveDealStage } from './move-deal-stage.ts';
import { startWorkflow } from './start-workflow.ts';
import type { ActionDescriptor } from './descriptor.ts';
import { removeTag } from './remove-tag.ts';
import { sendNotification } from './send-notification.ts';
import { sendEmail } from './send-email.ts';
import { updateField } from './update-field.ts';
import { webhook } from './webhook.ts';

/** Every step type there is, in the order the editor offers them. */
export const actionDescriptors = {
  create_task: createTask,
  update_field: updateField,
  create_deal: createDeal,
  send_notification: sendNotification,
  send_email: sendEmail,
  webhook,
  add_tag: addTag,
  remove_tag: removeTag,
  move_deal_stage: moveDealStage,
  complete_task: completeTask,
  log_activity: logActivity,
  create_contact: createContact,
  create_company: createCompany,
  create_note: createNote,
  start_workflow: startWorkflow,
} as const satisfies Record<string, ActionDescriptor>;

export type ActionType = keyof typeof actionDescriptors;
export type DescriptorOf<T extends ActionType> = (typeof actionDescriptors)[T];

export const actionTypes = Object.values(actionDescriptors).map((descriptor) => descriptor.type);

export function isActionType(text: string): text is ActionType {
  return Object.hasOwn(actionDescriptors, text);
}
