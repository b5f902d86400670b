import { Notification } from 'electron';
import { nodeNotifier } from '../../hosts/node-notifier.ts';
import type { NativeNotification, NotificationAnswer, Notifier } from '../../src/main/ports.ts';
import type { RecordReference } from '../../src/shared/model/objects.ts';

/** Linux says neither "shown" nor "failed" when nobody listens on the bus. */
const longestShow = 5_000;

/** An unseen notification can still be clicked in the system's own list, up to so many of them. */
const mostKept = 100;

/** macOS and Windows show them; elsewhere they do no harm. */
const buttons = [
  { answer: 'snooze_1_hour', text: 'Snooze 1 hour' },
  { answer: 'snooze_tomorrow', text: 'Snooze until tomorrow' },
  { answer: 'mark_done', text: 'Mark done' },
] as const satisfies readonly { answer: NotificationAnswer; text: string }[];

/**
 * Electron's own notifications, which can be clicked and answered; where it has none, the system's program.
 *
 * @param open called on a click: show the window and this record
 */
export function desktopNotifier(open: (record: RecordReference | null) => void): Notifier {
  // Without a reference a notification is collected, and its click with it.
  const kept = new Set<Notification>();
  const withoutElectron = nodeNotifier();

  function showOwn(
    { title, message, urgency, record, group }: NativeNotification,
    answered: (answer: NotificationAnswer) => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const notification = new Notification({
        title,
        body: message,
        urgency,
        ...(group ? { groupId: group.id, groupTitle: group.name } : {}),
        actions: buttons.map(({ text }) => ({ type: 'button', text })),
      });
      const timer = setTimeout(() => reject(new Error('the system did not show it')), longestShow);
      notification.on('show', () => {
        clearTimeout(timer);
        resolve();
      });
      notification.on('failed', (_event, error) => {
        clearTimeout(timer);
        kept.delete(notification);
        reject(new Error(error));
      });
      notification.on('close', () => kept.delete(notification));
      notification.on('click', () => {
        kept.delete(notification);
        answered('open');
        open(record);
      });
      notification.on('action', (_event, index) => {
        kept.delete(notification);
        const button = buttons[index];
        if (button) answered(button.answer);
      });
      keep(notification);
      notification.show();
    });
  }

  function keep(notification: Notification): void {
    kept.add(notification);
    const [oldest] = kept;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  }

  return {
    show(notification, answered) {
      if (Notification.isSupported()) return showOwn(notification, answered);
      return withoutElectron.show(notification, (answer) => {
        answered(answer);
        if (answer === 'open') open(notification.record);
      });
    },
  };
}
