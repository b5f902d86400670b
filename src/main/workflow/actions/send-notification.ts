import type { sendNotification } from '../../../shared/workflow/actions/send-notification.ts';
import { insertNotification } from '../../delivery/notification-store.ts';
import { type ActionImplementation, completed, failed } from './action.ts';

/** The Inbox row is the effect; the operating system shows it after the commit, from that row. */
export const sendNotificationAction: ActionImplementation<typeof sendNotification> = {
  execute({ unit, workflow, execution_id, subject }, config) {
    const title = config.title.trim();
    if (title === '')
      return failed(
        'title is empty; write one that is never empty, such as "New deal: {{deal_title}}"',
      );
    const id = insertNotification(unit, {
      title,
      message: config.message.trim(),
      urgency:
        config.urgency === 'low' || config.urgency === 'critical' ? config.urgency : 'normal',
      record: subject,
      workflow_id: workflow.id,
      execution_id,
    });
    return completed({ notification_id: id });
  },
};
