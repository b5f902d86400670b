import { isCurrency } from '../../../shared/model/money.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid } from '../../errors.ts';
import { localUserId } from '../records/record-store.ts';

/** The currency new deals get, kept in the file because amounts in it depend on it. */
export function defaultCurrency(db: Reader): string {
  return db.remember('file_settings', 'currency', () => {
    const row = db.get<{ value: string }>("SELECT value FROM file_settings WHERE key = 'currency'");
    return row?.value ?? 'EUR';
  });
}

export interface LocalUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

export function localUser(db: Reader): LocalUser {
  const user = db.get<LocalUser>('SELECT id, name, email FROM users ORDER BY seq LIMIT 1');
  if (!user) throw new Error('The file has no user');
  return user;
}

export interface FileSettingsPatch {
  readonly currency?: string | undefined;
  readonly user_name?: string | undefined;
  readonly user_email?: string | null | undefined;
}

/** @throws UserError naming the setting that is not valid */
export function updateFileSettings(unit: UnitOfWork, patch: FileSettingsPatch): void {
  const { db } = unit;
  if (patch.currency !== undefined) {
    if (!isCurrency(patch.currency)) {
      throw invalid(
        'currency',
        `Unknown currency "${patch.currency}". Use an ISO 4217 code such as EUR.`,
      );
    }
    db.run(
      "INSERT INTO file_settings (key, value) VALUES ('currency', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
      patch.currency,
    );
  }
  const id = localUserId(db);
  if (patch.user_name !== undefined)
    db.run('UPDATE users SET name = ? WHERE id = ?', patch.user_name, id);
  if (patch.user_email !== undefined) {
    db.run(
      'UPDATE users SET email = ? WHERE id = ?',
      patch.user_email === '' ? null : patch.user_email,
      id,
    );
  }
  unit.touch('settings', id);
}
