import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

/** How long a mail can be taken back when nobody chose otherwise. */
const defaultHoldSeconds = 30;

export interface NetworkSettings {
  /** True: nothing leaves this computer. */
  readonly no_network: boolean;
  readonly mail_hold_seconds: number;
}

function readValue(db: Reader, key: string): string | null {
  return (
    db.get<{ value: string }>('SELECT value FROM file_settings WHERE key = ?', key)?.value ?? null
  );
}

export function isNetworkOff(db: Reader): boolean {
  return readValue(db, 'no_network') === 'true';
}

/** Seconds a mail stays in the Outbox before it is sent; 0 sends at once. */
export function mailHoldSeconds(db: Reader): number {
  const text = readValue(db, 'mail_hold_seconds');
  const seconds = text === null ? Number.NaN : Number(text);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : defaultHoldSeconds;
}

export function readNetworkSettings(db: Reader): NetworkSettings {
  return { no_network: isNetworkOff(db), mail_hold_seconds: mailHoldSeconds(db) };
}

export function writeNetworkSettings(
  { db }: UnitOfWork,
  patch: { readonly [K in keyof NetworkSettings]?: NetworkSettings[K] | undefined },
): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    db.run(
      'INSERT INTO file_settings (key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
      key,
      String(value),
    );
  }
}
