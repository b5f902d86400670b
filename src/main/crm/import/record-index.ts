import { foldAddress } from '../../../shared/model/email-address.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { Reader } from '../../db/handle.ts';
import { phoneKey } from '../duplicates/phone-key.ts';
import { recordKinds } from '../records/kinds.ts';

/** What tells two records to be the same. */
export interface MatchKey {
  readonly name: string;
  /** Fields it is made of. */
  readonly fields: readonly string[];
  /** Null where the record lacks a part of it. */
  readonly of: (values: Values) => string | null;
}

/** Fields of a record or a row by name; of a link the name of what it points at. */
export type Values = Readonly<Record<string, unknown>>;

function text(values: Values, field: string): string | null {
  const value = values[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

function folded(values: Values, field: string): string | null {
  const value = text(values, field);
  return value === null ? null : foldText(value);
}

function contactName(values: Values): string | null {
  const [first, last] = [text(values, 'first_name'), text(values, 'last_name')];
  return first === null ? null : foldText(last === null ? first : `${first} ${last}`);
}

/** The keys of each kind, the surest first. */
export const matchKeys: Readonly<Record<ObjectName, readonly MatchKey[]>> = {
  contact: [
    {
      name: 'email',
      fields: ['email'],
      of: (values) => {
        const email = text(values, 'email');
        return email === null ? null : foldAddress(email);
      },
    },
    {
      name: 'phone',
      fields: ['phone'],
      of: (values) => phoneKey(text(values, 'phone') ?? '')?.national ?? null,
    },
    {
      name: 'name_company',
      fields: ['first_name', 'last_name', 'company_id'],
      of: (values) => {
        const [name, company] = [contactName(values), folded(values, 'company_id')];
        return name === null || company === null ? null : `${name}\n${company}`;
      },
    },
    { name: 'name', fields: ['first_name', 'last_name'], of: contactName },
  ],
  company: [
    { name: 'domain', fields: ['domain'], of: (values) => folded(values, 'domain') },
    { name: 'name', fields: ['name'], of: (values) => folded(values, 'name') },
  ],
  deal: [
    {
      name: 'title_company',
      fields: ['title', 'company_id'],
      of: (values) => {
        const [title, company] = [folded(values, 'title'), folded(values, 'company_id')];
        return title === null || company === null ? null : `${title}\n${company}`;
      },
    },
    { name: 'title', fields: ['title'], of: (values) => folded(values, 'title') },
  ],
  task: [
    {
      name: 'title_due',
      fields: ['title', 'due_at'],
      of: (values) => {
        const [title, due] = [folded(values, 'title'), text(values, 'due_at')];
        return title === null || due === null ? null : `${title}\n${due}`;
      },
    },
    { name: 'title', fields: ['title'], of: (values) => folded(values, 'title') },
  ],
};

/** What the keys above read of a stored record. */
const sources: Readonly<Record<ObjectName, string>> = {
  contact: `SELECT r.seq, r.id, r.first_name, r.last_name, r.email, r.phone,
    (SELECT name FROM companies WHERE id = r.company_id) AS company_id FROM contacts r`,
  company: 'SELECT r.seq, r.id, r.name, r.domain FROM companies r',
  deal: `SELECT r.seq, r.id, r.title,
    (SELECT name FROM companies WHERE id = r.company_id) AS company_id FROM deals r`,
  task: 'SELECT r.seq, r.id, r.title, r.due_at FROM activities r',
};

const pageSize = 500;

export type KeyedRow = Values & { readonly seq: number; readonly id: string };

/** All records of a kind that are not in the bin, with what their keys are made of, the oldest first. */
export function* recordPages(db: Reader, object: ObjectName): Generator<readonly KeyedRow[]> {
  let from = 0;
  for (;;) {
    const rows = db.all<KeyedRow>(
      `${sources[object]} WHERE r.seq > ? AND r.deleted_at IS NULL ORDER BY r.seq LIMIT ${pageSize}`,
      from,
    );
    yield rows;
    from = rows.at(-1)?.seq ?? from;
    if (rows.length < pageSize) return;
  }
}

/** The records of one kind by their keys, as they were when it was filled, and with what was added since. */
export class RecordIndex {
  readonly object: ObjectName;
  private readonly keys: readonly MatchKey[];
  private readonly maps: readonly Map<string, string>[];

  /** @param names of keys, in the order in which they decide */
  constructor(object: ObjectName, names: readonly string[]) {
    this.object = object;
    this.keys = names.flatMap((name) => matchKeys[object].filter((key) => key.name === name));
    this.maps = this.keys.map(() => new Map<string, string>());
  }

  /** Fills itself from the file, some hundred records a step. Of records with the same key the oldest counts. */
  *fill(db: Reader): Generator<void> {
    if (this.keys.length === 0) return;
    for (const page of recordPages(db, this.object)) {
      for (const row of page) this.add(row.id, row);
      yield;
    }
  }

  add(id: string, values: Values): void {
    for (const [at, key] of this.keys.entries()) {
      const value = key.of(values);
      const map = this.maps[at];
      if (value !== null && map && !map.has(value)) map.set(value, id);
    }
  }

  /** The first record that has a key in common. */
  find(values: Values): string | null {
    for (const [at, key] of this.keys.entries()) {
      const value = key.of(values);
      const id = value === null ? undefined : this.maps[at]?.get(value);
      if (id !== undefined) return id;
    }
    return null;
  }
}

/** By which keys a link is found, by the text a person writes for it. */
const linkKeys: Readonly<Record<ObjectName, readonly string[]>> = {
  contact: ['email', 'name'],
  company: ['name'],
  deal: ['title'],
  task: ['title'],
};

/** An index to find what a text names. */
export function linkIndex(object: ObjectName): RecordIndex {
  return new RecordIndex(object, linkKeys[object]);
}

/** The fields of a record that a text names: those by which it is found, and made when there is none. */
export function namedValues(object: ObjectName, name: string): Record<string, string | null> {
  switch (object) {
    case 'contact':
      return name.includes('@') ? { email: name, first_name: name } : splitName(name);
    case 'company':
      return { name };
    default:
      return { title: name };
  }
}

/** `Berg, Anna` and `Anna Maria Berg`: the last word is the family name where no comma says otherwise. */
export function splitName(name: string): { first_name: string; last_name: string | null } {
  const [family = '', given] = name.split(/,\s+/, 2);
  if (given !== undefined && given !== '') return { first_name: given, last_name: family };
  const words = name.split(/\s+/);
  if (words.length === 1) return { first_name: name, last_name: null };
  return { first_name: words.slice(0, -1).join(' '), last_name: words.at(-1) ?? null };
}

/** Whether a record is still there: what was found in an index may have gone since. */
export function isThere(db: Reader, object: ObjectName, id: string): boolean {
  return (
    db.get(`SELECT 1 FROM ${recordKinds[object].table} WHERE id = ? AND deleted_at IS NULL`, id) !==
    undefined
  );
}
