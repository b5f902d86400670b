import type { DuplicateGroup, MergeableObject } from '../../../shared/contract/duplicates.ts';
import type { Reader } from '../../db/handle.ts';
import type { ReadScope } from '../../readers/readers.ts';
import { matchKeys, type MatchKey, recordPages, type Values } from '../import/record-index.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { findRecord } from '../records/record-store.ts';
import { dismissedPairs } from './dismissals.ts';
import { countLinks } from './linked-records.ts';
import { phoneKey } from './phone-key.ts';

/** As many groups as a person goes through before looking anew. */
const shownGroups = 100;

/** By which keys records are looked for; a name alone is that of many people, and of one company. */
const keyNames: Readonly<Record<MergeableObject, readonly string[]>> = {
  contact: ['email', 'phone', 'name_company'],
  company: ['domain', 'name'],
};

interface Member {
  readonly id: string;
  readonly seq: number;
  readonly values: Values;
}

/**
 * Records that share a normalised email, phone number, domain, or name. Two passes: the first only counts, in numbers,
 * how often each key is met, so that a million records need no million texts in memory; the second looks closely at
 * those that were met twice.
 */
export function findDuplicates(
  db: Reader,
  { object }: { readonly object: MergeableObject },
  { refuseCancelled }: ReadScope,
): { groups: DuplicateGroup[]; total: number } {
  const keys = matchKeys[object].filter(({ name }) => keyNames[object].includes(name));
  const repeated = repeatedKeys(db, object, keys, refuseCancelled);
  const found = keys.map(() => new Map<string, Member[]>());
  for (const page of recordPages(db, object)) {
    refuseCancelled();
    for (const row of page) {
      for (const [at, key] of keys.entries()) {
        const rough = roughKey(key, row);
        if (rough === null || !repeated[at]?.has(hashOf(rough))) continue;
        const exact = key.of(row);
        if (exact === null) continue;
        const members = found[at]?.get(exact) ?? [];
        members.push({ id: row.id, seq: row.seq, values: row });
        found[at]?.set(exact, members);
      }
    }
  }
  const groups = joinGroups(db, keys, found);
  return {
    groups: groups.slice(0, shownGroups).map((group) => describe(db, object, group)),
    total: groups.length,
  };
}

/** The hashes of keys that were met more than once, key by key. */
function repeatedKeys(
  db: Reader,
  object: MergeableObject,
  keys: readonly MatchKey[],
  refuseCancelled: () => void,
): readonly ReadonlySet<number>[] {
  const met = keys.map((key) => ({ key, once: new Set<number>(), twice: new Set<number>() }));
  for (const page of recordPages(db, object)) {
    refuseCancelled();
    for (const row of page) {
      for (const { key, once, twice } of met) {
        const text = roughKey(key, row);
        if (text === null) continue;
        const hash = hashOf(text);
        if (once.has(hash)) twice.add(hash);
        else once.add(hash);
      }
    }
  }
  return met.map(({ twice }) => twice);
}

/** What two records with the same key have in common at least, and what is cheap to tell. */
function roughKey(key: MatchKey, values: Values): string | null {
  if (key.name !== 'phone') return key.of(values);
  const { phone } = values;
  if (typeof phone !== 'string') return null;
  const digits = phone.replaceAll(/\D/g, '');
  return digits.length < 7 ? null : digits.slice(-7);
}

/** 52 bits: among millions of keys two that differ nearly never share one, and the second look finds out. */
function hashOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  return (high >>> 6) * 67_108_864 + (low >>> 6);
}

interface Group {
  readonly members: readonly Member[];
  readonly reasons: ReadonlySet<string>;
}

/** Records that share one key with a second and another with a third are one group. */
function joinGroups(
  db: Reader,
  keys: readonly MatchKey[],
  found: readonly ReadonlyMap<string, readonly Member[]>[],
): Group[] {
  const isDismissed = dismissedPairs(db);
  const parents = new Map<string, string>();
  const members = new Map<string, Member>();
  const links: { readonly id: string; readonly reason: string }[] = [];
  const rootOf = (id: string): string => {
    const parent = parents.get(id) ?? id;
    return parent === id ? id : rootOf(parent);
  };
  for (const [at, key] of keys.entries()) {
    for (const sharing of found[at]?.values() ?? []) {
      for (const [place, one] of sharing.entries()) {
        for (const other of sharing.slice(place + 1)) {
          if (isDismissed(one.id, other.id)) continue;
          if (key.name === 'phone' && !isSameCountry(one.values, other.values)) continue;
          members.set(one.id, one).set(other.id, other);
          links.push({ id: one.id, reason: key.name });
          parents.set(rootOf(other.id), rootOf(one.id));
        }
        // A number that a hundred people share is that of a switchboard.
        if (place > 20) break;
      }
    }
  }
  const groups = new Map<string, { members: Member[]; reasons: Set<string> }>();
  for (const member of members.values()) {
    const root = rootOf(member.id);
    const group = groups.get(root) ?? { members: [], reasons: new Set<string>() };
    group.members.push(member);
    groups.set(root, group);
  }
  for (const { id, reason } of links) groups.get(rootOf(id))?.reasons.add(reason);
  return [...groups.values()]
    .map((group) => ({ ...group, members: group.members.toSorted((a, b) => a.seq - b.seq) }))
    .toSorted((a, b) => (a.members[0]?.seq ?? 0) - (b.members[0]?.seq ?? 0));
}

/** Numbers that are the same within their countries are the same unless both name another country. */
function isSameCountry(one: Values, other: Values): boolean {
  const [a, b] = [one, other].map(({ phone }) => phoneKey(String(phone))?.country ?? null);
  return a === null || b === null || a === b;
}

function describe<O extends MergeableObject>(
  db: Reader,
  object: O,
  { members, reasons }: Group,
): DuplicateGroup {
  const kind: RecordKind<O> = recordKinds[object];
  return {
    reasons: [...reasons],
    records: members.slice(0, 20).flatMap(({ id }) => {
      const record = findRecord(db, kind, id);
      if (!record) return [];
      return [{ values: { ...record }, links: countLinks(db, object, id) }];
    }),
  };
}
