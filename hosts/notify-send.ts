import { type ChildProcess, spawn } from 'node:child_process';
import type { NotificationAnswer } from '../src/main/ports.ts';

/** A notification nobody answers keeps its program waiting; more than so many do not wait at once. */
const mostWaiting = 50;

/** The daemon may hang; nobody waits longer for it to say that it shows something. */
const longestShow = 20_000;

const buttons: readonly (readonly [NotificationAnswer, string])[] = [
  ['open', 'Open'],
  ['snooze_1_hour', 'Snooze 1 hour'],
  ['snooze_tomorrow', 'Snooze until tomorrow'],
  ['mark_done', 'Mark done'],
];

export interface NotifySendText {
  readonly title: string;
  readonly message: string;
  readonly urgency: string;
}

/** The `notify-send` of this computer is older than its buttons. */
export class NoButtons extends Error {
  override readonly name = 'NoButtons';
}

/** The programs that wait for an answer end with this one. */
const waiting = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of waiting) child.kill();
});

/**
 * Shows a notification with buttons. The program first prints the notification's number, which says that it is shown,
 * and stays until it was answered or closed; then it prints the answer.
 *
 * @throws NoButtons when this `notify-send` knows none
 */
export function notifySend(
  { title, message, urgency }: NotifySendText,
  answered: (answer: NotificationAnswer) => void,
): Promise<void> {
  const actions = buttons.map(([name, label]) =>
    // The daemon calls `default` what a click on the notification itself means.
    name === 'open' ? `--action=default=${label}` : `--action=${name}=${label}`,
  );
  const options = ['--app-name=Trellis', `--urgency=${urgency}`, '--print-id', ...actions];
  return new Promise((resolve, reject) => {
    const child = spawn('notify-send', [...options, '--', title, message], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill(), longestShow);
    let output = '';
    let complaint = '';
    let shown = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (shown || !output.includes('\n')) return;
      shown = true;
      clearTimeout(timer);
      keep(child);
      // A program that only waits for an answer does not keep this one from its end.
      child.unref();
      resolve();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text;
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', () => {
      clearTimeout(timer);
      waiting.delete(child);
      if (!shown) reject(refusal(complaint));
      const answer = output.split('\n')[1]?.trim() ?? '';
      const [known] =
        buttons.find(([name]) => name === answer || (name === 'open' && answer === 'default')) ??
        [];
      if (known !== undefined) answered(known);
    });
  });
}

function keep(child: ChildProcess): void {
  waiting.add(child);
  const [oldest] = waiting;
  if (waiting.size > mostWaiting) oldest?.kill();
}

function refusal(complaint: string): Error {
  const reason = complaint.trim().split('\n').at(-1) ?? '';
  return /unknown option/i.test(complaint)
    ? new NoButtons(reason)
    : new Error(reason === '' ? 'the system did not answer' : reason);
}
