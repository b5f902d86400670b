import type { Committer } from '../db/unit-of-work.ts';
import type { Reader } from '../db/handle.ts';
import { messageOf } from '../errors.ts';
import { quietHours } from '../crm/settings/file-settings.ts';
import type { Clock, Logger, NotificationAnswer, Notifier } from '../ports.ts';
import type { Notification } from '../../shared/contract/notifications.ts';
import { answerNotification } from './answer-notification.ts';
import {
  endSnooze,
  markShown,
  markSilenced,
  nextSnoozeEnd,
  nextUnshown,
} from './notification-store.ts';
import { isQuiet } from './quiet-hours.ts';

/** Older rows that were never shown stay in the Inbox alone: nobody wants yesterday's toasts at breakfast. */
const maximumAgeMs = 3_600_000;

export interface NotificationDeliveryParts {
  readonly reader: Reader;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notifier: Notifier;
}

/**
 * Shows Inbox rows through the operating system, one at a time, then marks them. A crash between the two may
 * show one twice. What could not be shown is not tried again before the next start; it fails no step. In quiet hours
 * nothing is shown: the Inbox has it.
 */
export class NotificationDelivery {
  private readonly parts: NotificationDeliveryParts;
  private working: Promise<void> | null = null;
  private again = false;
  private saidUnavailable = false;
  private lastTried = 0;
  private stopped = false;

  constructor(parts: NotificationDeliveryParts) {
    this.parts = parts;
  }

  /** Looks for rows to show, now or as soon as the present look is done. */
  wake(): void {
    if (this.stopped) return;
    if (this.working) {
      this.again = true;
      return;
    }
    this.working = this.deliver()
      .catch((error: unknown) =>
        this.parts.logger.error(`Notifications stopped: ${messageOf(error)}`),
      )
      .finally(() => {
        this.working = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  /** Looks whether the time of something that was put off is over: cheap enough for every poll. */
  wakeIfDue(): void {
    if (nextSnoozeEnd(this.parts.reader, this.nowText())) this.wake();
  }

  /** Shows no more after the one at hand: what is left is shown by the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.idle();
  }

  /** Resolves when nothing is being shown. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async deliver(): Promise<void> {
    const { reader, clock, committer } = this.parts;
    const since = new Date(clock.now() - maximumAgeMs).toISOString();
    while (!this.stopped) {
      const next = nextUnshown(reader, this.lastTried, since);
      if (!next) break;
      this.lastTried = next.seq;
      const { id } = next.notification;
      if (this.isQuiet()) {
        committer.commit({ kind: 'user' }, (unit) => markSilenced(unit, id));
      } else if (await this.show(next.notification)) {
        committer.commit({ kind: 'user' }, (unit) => markShown(unit, id), { point: 'shown' });
      }
    }
    await this.endSnoozes();
  }

  /** What was put off comes back when its time is over, though not before the quiet hours are. */
  private async endSnoozes(): Promise<void> {
    const { reader, committer } = this.parts;
    while (!this.stopped && !this.isQuiet()) {
      const due = nextSnoozeEnd(reader, this.nowText());
      if (!due) return;
      const shown = await this.show(due);
      committer.commit({ kind: 'user' }, (unit) => endSnooze(unit, due.id, shown));
    }
  }

  private nowText(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }

  private isQuiet(): boolean {
    const { reader, clock } = this.parts;
    return isQuiet(quietHours(reader), clock.now(), clock.timeZone());
  }

  /** @returns whether the system showed it */
  private async show(notification: Notification): Promise<boolean> {
    const { logger, notifier } = this.parts;
    const { id, title, message, urgency, record, workflow_id, workflow_name } = notification;
    const group = workflow_id === null ? null : { id: workflow_id, name: workflow_name ?? '' };
    try {
      await notifier.show({ id, title, message, urgency, record, group }, (answer) =>
        this.answer(id, answer),
      );
      this.saidUnavailable = false;
      return true;
    } catch (error) {
      // Said once, not for each: the Inbox has them all.
      if (!this.saidUnavailable)
        logger.error(
          `Notifications cannot be shown on this computer (${messageOf(error)}); they are in the Inbox.`,
        );
      this.saidUnavailable = true;
      return false;
    }
  }

  /** A button may be pressed long after; by then the program may be about to end, or the row be gone. */
  private answer(id: string, answer: NotificationAnswer): void {
    if (this.stopped) return;
    const { committer, logger } = this.parts;
    try {
      committer.commit({ kind: 'user' }, (unit) => answerNotification(unit, id, answer));
    } catch (error) {
      logger.error(`A notification could not be answered: ${messageOf(error)}`);
    }
  }
}
