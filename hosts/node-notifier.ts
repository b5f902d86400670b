import notifier from 'node-notifier';
import { NoButtons, NotifySend } from './notify-send.ts';
import type { NativeNotification, Notifier } from '../src/main/ports.ts';

/** Text becomes a program's argument: far beyond this the command itself would fail. */
const longestText = 2_000;

/** The system's program may wait for a daemon that hangs; nobody waits longer for it. */
const longestShow = 20_000;

/** Shows notifications through the system's own program, for a host without Electron's. */
export function nodeNotifier(platform: NodeJS.Platform = process.platform): Notifier {
  let withButtons = platform === 'linux' ? new NotifySend() : null;
  return {
    async show(notification, answered) {
      if (withButtons) {
        try {
          return await withButtons.show(command(notification, platform), answered);
        } catch (error) {
          if (!(error instanceof NoButtons)) throw error;
          withButtons = null;
        }
      }
      return showPlain(notification, platform);
    },
  };
}

/** Without buttons, by whatever the system has. */
function showPlain(notification: NativeNotification, platform: NodeJS.Platform): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the system did not answer')), longestShow);
    notifier.notify(command(notification, platform), (error: unknown) => {
      clearTimeout(timer);
      // A text in place of an error is what the program wrote to stderr and yet succeeded.
      if (error instanceof Error) reject(new Error(reason(error)));
      else resolve();
    });
  });
}

function command({ title, message, urgency }: NativeNotification, platform: NodeJS.Platform) {
  const body = plain(message);
  return {
    title: argument(plain(title).replaceAll('\n', ' ').trim() || 'Trellis'),
    // Nothing is shown without a message.
    message: argument((platform === 'linux' ? forNotifySend(body) : body) || ' '),
    // Only notify-send knows these two; the others leave them alone.
    'app-name': 'Trellis',
    urgency,
    // On macOS it would only answer once the notification is gone.
    timeout: false,
  } as const;
}

/** notify-send reads `\n` and its kin in the message as escapes, the daemon reads markup. */
function forNotifySend(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Starts with `-`? It would be read as an option, so something invisible goes before it. */
function argument(text: string): string {
  return text.startsWith('-') ? `\u200b${text}` : text;
}

/** Without control characters: a NUL cannot be part of a command. */
function plain(text: string): string {
  const line = text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\n\P{Cc}]/gu, '');
  return line.slice(0, longestText);
}

/** The message starts with the whole command, notification included; its last line says why. */
function reason(error: Error): string {
  return error.message.trim().split('\n').at(-1) ?? error.message;
}
