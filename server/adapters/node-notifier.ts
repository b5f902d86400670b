import notifier from 'node-notifier';
import type { Notifier } from '../../src/main/ports.ts';

/** Zero-width space: keeps the platform's command-line tool from reading a leading `-` as an option. */
const guard = '\u200B';

const guarded = (text: string): string => (text.startsWith('-') ? `${guard}${text}` : text);

/** Longest time a notification tool may take before it is given up, in milliseconds. */
const timeoutMs = 5_000;

export const nodeNotifier: Notifier = {
  show({ title, message, urgency }) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('the notification tool did not answer')),
        timeoutMs,
      );
      const options = {
        title: guarded(title),
        // An empty message is an error to some tools.
        message: message === '' ? guard : guarded(message),
        urgency,
        wait: false,
      };
      notifier.notify(options, (error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      });
    });
  },
};
