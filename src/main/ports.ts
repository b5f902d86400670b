import type { HttpClient, Mailer, SecretStore } from './delivery/ports.ts';
import type { RestState } from '../shared/contract/access.ts';
import type { RecordReference } from '../shared/model/objects.ts';
import type { CheckpointThread } from './db/checkpoints.ts';
import type { ReaderThread } from './readers/readers.ts';

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
  /** Folder chosen for backups; null: the host's own. */
  readonly backup_dir: string | null;
  /** Whether automation goes on without a window; null: not asked yet. */
  readonly keep_in_tray: boolean | null;
  /** Whether the desktop answers programs, and by which port. */
  readonly rest_enabled: boolean;
  readonly rest_port: number;
  /** The version whose news the user knows; null: this is the first start. */
  readonly seen_version: string | null;
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
  /** What it runs on, such as `Linux 6.1 x64, Node 24.21.0`; names neither the computer nor its user. */
  readonly system: string;
  /** Words that tell another program who holds the file: `Trellis desktop, process 4711`. */
  readonly label: string;
}

/** What a window of the desktop can ask of the program around it. */
export interface DesktopShell {
  /** `keep_in_tray` is null until the user was asked. */
  read(): { readonly start_at_login: boolean; readonly keep_in_tray: boolean | null };
  startAtLogin(on: boolean): void;
  keepInTray(on: boolean): void;
  /** Shows the data folder in the system's own program. */
  openDataFolder(): Promise<void>;
  /**
   * Stops the core, makes the copy in another folder the one in use, and starts the program again. Returns at once: the
   * answer to the window goes out first.
   */
  switchDataFolder(to: string): void;
}

/** The commits of the program by what they are for. `call`: of an API call, or what else has no name of its own. */
export type CommitPoint = 'call' | 'dispatch' | 'pause' | 'shown' | 'history';

/** Called right before and right after each commit. Tests end the process in it; nothing else passes one. */
export type Failpoint = (point: CommitPoint, side: 'before' | 'after') => void;

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
  /** Starts a thread that answers long reads; without one they are answered in the core's own. */
  readonly startReader?: () => ReaderThread;
  readonly rest: RestSwitch;
  /** Starts the thread that copies the write-ahead log of a file; absent: commits copy it. */
  readonly startCheckpoints?: (file: string) => CheckpointThread;
  /** Folder of `trellis.db`; made when absent. */
  readonly dataDir: string;
  /** Folder for backups unless the settings name another, outside of `dataDir`; null: none are made. */
  readonly backupDir: string | null;
  /** Absent on a host without a desktop. */
  readonly desktop?: DesktopShell;
  /** Only in tests. */
  readonly failpoint?: Failpoint;
}
