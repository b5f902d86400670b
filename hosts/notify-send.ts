import { type ChildProcess, spawn } from 'node:child_process';
import type { NotificationAnswer } from '../src/main/ports.ts';

/** A notification nobody answers keeps its program waiting; more than so many do not wait at once. */
const mostWaiting = 50;

/** The daemon may hang; nobody waits longer for it to say that it shows something. */
const longestShow = 20_000;

/** The daemon calls `default` what a click on the notification itself means. */
const buttons = new Map<string, { readonly answer: NotificationAnswer; readonly label: string }>([
  ['default', { answer: 'open', label: 'Open' }],
  ['snooze_1_hour', { answer: 'snooze_1_hour', label: 'Snooze 1 hour' }],
  ['snooze_tomorrow', { answer: 'snooze_tomorrow', label: 'Snooze until tomorrow' }],
  ['mark_done', { answer: 'mark_done', label: 'Mark done' }],
]);

interface NotifySendText {
  readonly title: string;
  readonly message: string;
  readonly urgency: string;
}

/** This computer has no `notify-send` that knows buttons. */
export class NoButtons extends Error {
  override readonly name = 'NoButtons';
}

/** Shows notifications with buttons through `notify-send`, and kills the programs that wait when this one ends. */
export class NotifySend {
  private readonly waiting = new Set<ChildProcess>();
  private readonly endAll = (): void => {
    for (const child of this.waiting) child.kill();
  };

  /**
   * The program first prints the notification's number, which says that it is shown, and stays until it was answered
   * or closed; then it prints the answer.
   *
   * @throws NoButtons, or Error when there is nobody to show it
   */
  show(
    { title, message, urgency }: NotifySendText,
    answered: (answer: NotificationAnswer) => void,
  ): Promise<void> {
    const actions = [...buttons].map(([name, { label }]) => `--action=${name}=${label}`);
    const options = ['--app-name=Trellis', `--urgency=${urgency}`, '--print-id', ...actions];
    return new Promise((resolve, reject) => {
      // Without stdbuf the number would lie in a buffer until the end.
      const child = spawn('stdbuf', ['-oL', 'notify-send', ...options, '--', title, message], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const timer = setTimeout(() => child.kill(), longestShow);
      let output = '';
      let complaint = '';
      let shown = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        // Number 0 is printed when nobody listens on the bus.
        if (shown || !/^[1-9]\d*\n/.test(output)) return;
        shown = true;
        clearTimeout(timer);
        this.keep(child);
        resolve();
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        complaint += text;
      });
      child.once('error', (error) => {
        clearTimeout(timer);
        reject(new NoButtons(error.message));
      });
      child.once('close', () => {
        clearTimeout(timer);
        this.forget(child);
        if (!shown) reject(refusal(complaint));
        const button = buttons.get(output.split('\n')[1] ?? '');
        if (button) answered(button.answer);
      });
    });
  }

  private keep(child: ChildProcess): void {
    if (this.waiting.size === 0) process.once('exit', this.endAll);
    this.waiting.add(child);
    const [oldest] = this.waiting;
    if (this.waiting.size > mostWaiting) oldest?.kill();
  }

  private forget(child: ChildProcess): void {
    this.waiting.delete(child);
    if (this.waiting.size === 0) process.off('exit', this.endAll);
  }
}

function refusal(complaint: string): Error {
  const reason = complaint.trim().split('\n').at(-1) ?? '';
  return /unknown option|failed to run command/i.test(complaint)
    ? new NoButtons(reason)
    : new Error(reason === '' ? 'the system did not answer' : reason);
}
