import type { Committer } from '../db/unit-of-work.ts';
import type { Reader } from '../db/handle.ts';
import { messageOf } from '../errors.ts';
import type { Clock, Logger, Notifier } from '../ports.ts';
import type { Notification } from '../../shared/contract/notifications.ts';
import { markShown, nextUnshown } from './notification-store.ts';

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
 * show one twice. What could not be shown is not tried again before the next start; it fails no step.
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
    const { reader, clock } = this.parts;
    const since = new Date(clock.now() - maximumAgeMs).toISOString();
    while (!this.stopped) {
      const next = nextUnshown(reader, this.lastTried, since);
      if (!next) return;
      this.lastTried = next.seq;
      await this.show(next.notification);
    }
  }

  private async show(notification: Notification): Promise<void> {
    const { committer, logger, notifier } = this.parts;
    const { id, title, message, urgency, record } = notification;
    try {
      await notifier.show({ id, title, message, urgency, record });
      this.saidUnavailable = false;
    } catch (error) {
      // Said once, not for each: the Inbox has them all.
      if (!this.saidUnavailable)
        logger.error(
          `Notifications cannot be shown on this computer (${messageOf(error)}); they are in the Inbox.`,
        );
      this.saidUnavailable = true;
      return;
    }
    committer.commit({ kind: 'user' }, (unit) => markShown(unit, id), { point: 'shown' });
  }
}
