import type { HttpClient, Mailer, SecretStore } from './delivery/ports.ts';
import type { RestState } from '../shared/contract/access.ts';
import type { RecordReference } from '../shared/model/objects.ts';

/** Stops a timer or a subscription; safe to call twice. */
export type Cancel = () => void;

/** All time the core knows. Tests and rehearsals pass their own. */
export interface Clock {
  /** Now, in epoch milliseconds. */
  now(): number;
  /** IANA name of the machine's zone. */
  timeZone(): string;
  /** Runs once, `ms` milliseconds from now at the earliest. */
  after(ms: number, run: () => void): Cancel;
  /** Runs as soon as pending input and output were served: how long work yields between slices. */
  soon(run: () => void): Cancel;
  /** Milliseconds that only ever grow, with fractions: for measuring how long something took. */
  elapsed(): number;
}

export interface IdSource {
  /** A UUIDv7, greater as text than every one before it from this source. */
  next(): string;
}

export interface Logger {
  info(message: string): void;
  error(message: string): void;
}

export interface NativeNotification {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly urgency: 'low' | 'normal' | 'critical';
  readonly record: RecordReference | null;
  /** Notifications of one workflow belong together, where the system shows groups. */
  readonly group: { readonly id: string; readonly name: string } | null;
}

/** What a user can answer a notification with; `open` is a click on the notification itself. */
export type NotificationAnswer = 'open' | 'snooze_1_hour' | 'snooze_tomorrow' | 'mark_done';

/** Shows notifications the way the operating system does. */
export interface Notifier {
  /**
   * @param answered called when the user answers it, which may be much later, where the system has buttons
   * @throws Error when nothing can show it; the Inbox has it all the same
   */
  show(
    notification: NativeNotification,
    answered: (answer: NotificationAnswer) => void,
  ): Promise<void>;
}

/** What belongs to this computer rather than to the file. */
export interface LocalSettings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly language: 'en';
  /** Whether the desktop answers programs, and by which port. */
  readonly rest_enabled: boolean;
  readonly rest_port: number;
}

export interface SettingsStore {
  read(): LocalSettings;
  write(patch: Partial<LocalSettings>): void;
}

/** The REST API of this computer: what became of it, and the switch where there is one. */
export interface RestSwitch {
  state(): RestState;
  /** @throws UserError `conflict` where it cannot be switched */
  change(wanted: {
    readonly enabled?: boolean | undefined;
    readonly port?: number | undefined;
  }): Promise<RestState>;
}

export interface Host {
  readonly kind: 'desktop' | 'server';
  /** Version of the application. */
  readonly version: string;
  /** Words that tell another program who holds the file: `Trellis desktop, process 4711`. */
  readonly label: string;
}

/** Everything the core needs from the program around it. */
export interface Ports {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly notifier: Notifier;
  readonly settings: SettingsStore;
  readonly mailer: Mailer;
  readonly http: HttpClient;
  readonly secrets: SecretStore;
  readonly host: Host;
  readonly rest: RestSwitch;
  /** Folder of `trellis.db`; made when absent. */
  readonly dataDir: string;
}
