import type { MailAccount } from '../../shared/contract/mail.ts';
import { emailPattern, foldAddress, readAddresses } from '../../shared/model/email-address.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { invalid, notFound } from '../errors.ts';
import type { MailServer, SecretStore } from './ports.ts';

/** Gentle enough for every provider's limits on a plain mailbox. */
const defaultRatePerMinute = 30;

export interface MailAccountRow {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly from_name: string | null;
  readonly from_address: string;
  readonly reply_to: string | null;
  readonly signature: string | null;
  readonly host: string;
  readonly port: number;
  readonly security: MailServer['security'];
  readonly user_name: string | null;
  readonly rate_per_minute: number;
  readonly is_default: number;
  readonly created_at: string;
  readonly updated_at: string;
}

type Editable = Omit<MailAccount, 'id' | 'has_password' | 'created_at' | 'updated_at'>;

export type MailAccountInput = { readonly [K in keyof Editable]?: Editable[K] | undefined };

/** The name under which the secret store keeps an account's password. */
export function passwordName(accountId: string): string {
  return `mail_account.${accountId}`;
}

function allRows(db: Reader): MailAccountRow[] {
  return db.all<MailAccountRow>('SELECT * FROM mail_accounts ORDER BY is_default DESC, seq');
}

export function findAccount(db: Reader, id: string): MailAccountRow | null {
  return db.get<MailAccountRow>('SELECT * FROM mail_accounts WHERE id = ?', id) ?? null;
}

/** @throws UserError `not_found` */
export function getAccount(db: Reader, id: string): MailAccountRow {
  const row = findAccount(db, id);
  if (!row) throw notFound('email account', id);
  return row;
}

export function toMailAccount(row: MailAccountRow, secrets: SecretStore): MailAccount {
  const { seq: _seq, ...rest } = row;
  return {
    ...rest,
    is_default: row.is_default === 1,
    has_password: secrets.read(passwordName(row.id)) !== null,
  };
}

export function listAccounts(db: Reader, secrets: SecretStore): MailAccount[] {
  return allRows(db).map((row) => toMailAccount(row, secrets));
}

/** The account a step names by its name, address or id; the default one when it names none. */
export function chooseAccount(
  db: Reader,
  wanted: string | null,
): MailAccountRow | { readonly fault: string } {
  const accounts = allRows(db);
  const [first] = accounts;
  if (!first)
    return { fault: 'no email account is set up. Add one in Settings under Email accounts' };
  if (wanted === null || wanted.trim() === '') return first;
  const name = foldAddress(wanted);
  const found = accounts.find((row) =>
    [row.id, row.name, row.from_address].some((text) => foldAddress(text) === name),
  );
  const known = accounts.map((row) => row.name).join(', ');
  return found ?? { fault: `there is no email account "${wanted}". Use one of: ${known}` };
}

/** Where an account's mail goes out, its password with it. */
export function mailServerOf(row: MailAccountRow, secrets: SecretStore): MailServer {
  return {
    account_id: row.id,
    host: row.host,
    port: row.port,
    security: row.security,
    user: row.user_name,
    password: secrets.read(passwordName(row.id)),
  };
}

/** @throws UserError naming the field */
function checkAccount(account: MailAccountInput): void {
  const { from_address: from, reply_to: replyTo } = account;
  if (from !== undefined && !emailPattern.test(from))
    throw invalid('from_address', `"${from}" is no email address such as anna@example.com.`);
  const read = readAddresses(replyTo ?? '');
  if ('fault' in read) throw invalid('reply_to', `reply_to: ${read.fault}.`);
}

const columns = [
  'name',
  'from_name',
  'from_address',
  'reply_to',
  'signature',
  'host',
  'port',
  'security',
  'user_name',
  'rate_per_minute',
] as const;

/** @throws UserError naming the field */
export function createAccount(
  unit: UnitOfWork,
  input: MailAccountInput & Pick<Editable, 'name' | 'from_address' | 'host' | 'port' | 'security'>,
): string {
  checkAccount(input);
  const { db, nowText } = unit;
  const id = unit.ids.next();
  const isFirst = allRows(db).length === 0;
  const given = { rate_per_minute: defaultRatePerMinute, ...withoutUndefined(input) };
  db.run(
    `INSERT INTO mail_accounts (id, ${columns.join(', ')}, is_default, created_at, updated_at)
     VALUES (?, ${columns.map(() => '?').join(', ')}, ?, ?, ?)`,
    id,
    ...columns.map((column) => given[column] ?? null),
    0,
    nowText,
    nowText,
  );
  if (isFirst || input.is_default === true) makeDefault(unit, id);
  unit.touch('mail_account', id);
  return id;
}

/** @throws UserError `not_found`, or naming the field */
export function updateAccount(unit: UnitOfWork, id: string, patch: MailAccountInput): void {
  getAccount(unit.db, id);
  checkAccount(patch);
  const given = withoutUndefined(patch);
  const changed = columns.filter((column) => column in given);
  unit.db.run(
    `UPDATE mail_accounts SET ${changed.map((column) => `${column} = ?, `).join('')}updated_at = ? WHERE id = ?`,
    ...changed.map((column) => given[column] ?? null),
    unit.nowText,
    id,
  );
  if (patch.is_default === true) makeDefault(unit, id);
  unit.touch('mail_account', id);
}

function withoutUndefined(input: MailAccountInput): MailAccountInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function makeDefault({ db }: UnitOfWork, id: string): void {
  db.run('UPDATE mail_accounts SET is_default = (id = ?)', id);
}

/** Its mails in the Outbox stay, and fail with a reason that names it. */
export function removeAccount(unit: UnitOfWork, id: string): void {
  const { is_default: wasDefault } = getAccount(unit.db, id);
  unit.db.run('DELETE FROM mail_accounts WHERE id = ?', id);
  const [next] = allRows(unit.db);
  if (wasDefault === 1 && next) makeDefault(unit, next.id);
  unit.touch('mail_account', id);
}
