import { fullNameTarget, noteTarget } from '../../../shared/contract/imports.ts';
import { type CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import { editableFieldsOf } from '../../../shared/model/fields/registry.ts';
import { type ObjectName, objectNames } from '../../../shared/model/objects.ts';

/**
 * What columns are called in the exports of other programs, the best name of a field first. `*` stands for anything.
 * Headers are compared in small letters with single blanks, without `Person - ` and the like before them.
 */
const synonyms: Readonly<
  Record<ObjectName, readonly (readonly [target: string, ...names: string[]])[]>
> = {
  contact: [
    ['first_name', 'first name', 'given name', 'firstname', 'vorname', 'prénom', 'nombre'],
    [
      'last_name',
      'last name',
      'family name',
      'lastname',
      'surname',
      'nachname',
      'nom',
      'apellidos',
    ],
    [fullNameTarget, 'full name', 'name', 'contact name', 'display name', 'file as', 'contact'],
    [
      'email',
      'email',
      'e mail',
      'email address',
      'e mail address',
      'e mail 1 value',
      'email work',
      'work email',
      'primary email',
      'email home',
      'email other',
    ],
    [
      'phone',
      'phone',
      'phone number',
      'primary phone',
      'phone 1 value',
      'mobile phone',
      'mobile phone number',
      'business phone',
      'phone work',
      'phone mobile',
      'work phone',
      'home phone',
      'telefon',
    ],
    ['job_title', 'job title', 'organization title', 'organization 1 title', 'position', 'title'],
    [
      'company_id',
      'company',
      'company name',
      'organization',
      'organization name',
      'organization 1 name',
      'associated company',
      'primary associated company',
      'firma',
    ],
    ['tags', 'tags', 'labels', 'categories', 'group membership', 'label'],
    [
      noteTarget,
      'notes',
      'note',
      'comments',
      'description',
      'birthday',
      'birth date',
      'website',
      'websites',
      'web page',
      'other',
      'other email',
      'other phone',
      'address',
      'e mail * value',
      'e mail * address',
      'phone * value',
      'website * value',
      'address * formatted',
      'email home',
      'email other',
      'phone home',
      'phone other',
      'home phone*',
      'other phone',
      'business phone*',
      'mobile phone*',
      'business street',
      'business city',
      'business state',
      'business postal code',
      'business country/region',
      'home street',
      'home city',
      'home state',
      'home postal code',
      'home country/region',
      'postal address',
    ],
  ],
  company: [
    [
      'name',
      'name',
      'company name',
      'company',
      'organization',
      'organization name',
      'account name',
      'firma',
    ],
    ['domain', 'domain', 'company domain name', 'website', 'website url', 'web page', 'url'],
    ['phone', 'phone', 'phone number', 'main phone', 'company phone', 'telefon'],
    [
      'address',
      'address',
      'full address',
      'street address',
      'street',
      'city',
      'state/region',
      'postal code',
      'country/region',
      'country',
      'adresse',
    ],
    ['tags', 'tags', 'labels', 'label'],
    [noteTarget, 'notes', 'note', 'description', 'about us', 'industry', 'comments'],
  ],
  deal: [
    ['title', 'title', 'deal name', 'deal title', 'opportunity name', 'name', 'deal'],
    ['value', 'value', 'amount', 'deal value', 'betrag'],
    ['currency', 'currency', 'currency of value', 'deal currency'],
    ['stage', 'stage', 'deal stage', 'pipeline stage', 'status'],
    ['contact_id', 'contact', 'contact person', 'associated contact', 'contact name', 'person'],
    ['company_id', 'company', 'organization', 'associated company', 'account name', 'company name'],
    ['expected_close_date', 'expected close', 'expected close date', 'close date', 'closing date'],
    ['lost_reason', 'lost because', 'lost reason', 'closed lost reason'],
    ['description', 'description', 'deal description'],
    ['tags', 'tags', 'labels', 'label'],
    [noteTarget, 'notes', 'note', 'comments'],
  ],
  task: [
    ['title', 'title', 'subject', 'task', 'task title', 'task name'],
    ['type', 'type', 'activity type', 'task type'],
    ['description', 'description', 'note', 'notes', 'body', 'public description'],
    ['due_at', 'due', 'due date', 'due at', 'deadline', 'start date'],
    [
      'completed_at',
      'completed',
      'completed at',
      'marked as done time',
      'completion date',
      'date completed',
    ],
    ['remind_at', 'reminder', 'remind at', 'reminder date'],
    ['priority', 'priority'],
    ['contact_id', 'contact', 'contact person', 'associated contact', 'person'],
    ['deal_id', 'deal', 'associated deal'],
    ['company_id', 'company', 'organization', 'associated company'],
    ['tags', 'tags', 'labels', 'categories'],
  ],
};

/** What another program says of these is not what it says here: its owners and pipelines are its own, and a stage knows its pipeline. */
const leftToPeople = new Set(['owner_id', 'pipeline']);

/** Columns of our own report of refused rows: they are about the file. */
const ours = new Set(['trellis line', 'trellis reason']);

function bareHeader(header: string): string {
  return header
    .replace(/^(?:person|deal|organization|activity|lead)\s+-\s+/i, '')
    .toLowerCase()
    .replaceAll(/[\s_\-–:.()#]+/g, ' ')
    .trim();
}

function matches(name: string, header: string): boolean {
  if (!name.includes('*')) return name === header;
  const [before = '', after = ''] = name.split('*');
  return (
    header.length >= before.length + after.length &&
    header.startsWith(before) &&
    header.endsWith(after)
  );
}

/**
 * Where each column goes, by its header: the best header of each field, and what else is worth keeping to the note.
 *
 * @param isFilled whether a column has anything in it: of two that could be a field, an empty one is not it
 */
export function guessTargets(
  object: ObjectName,
  headers: readonly string[],
  custom: CustomFields,
  isFilled: (at: number) => boolean = () => true,
): (string | null)[] {
  const bare = headers.map(bareHeader);
  const targets: (string | null)[] = headers.map(() => null);
  const fields = editableFieldsOf(object, custom);
  // Fields by the label our own export gives them, and the user's own ones, which nobody else knows.
  for (const field of fields) {
    const at = bare.findIndex(
      (header, index) =>
        targets[index] === null &&
        (header === bareHeader(field.label) || header === bareHeader(field.name)),
    );
    if (at >= 0 && !leftToPeople.has(field.name)) targets[at] = field.name;
  }
  for (const [target, ...names] of synonyms[object]) {
    const isShared = target === noteTarget || target === 'address';
    if (!isShared && targets.includes(target)) continue;
    const found = names.flatMap((name) =>
      bare.flatMap((header, at) =>
        targets[at] === null && matches(name, header) && !ours.has(header) ? [at] : [],
      ),
    );
    const chosen = isShared ? found : [found.find(isFilled) ?? found[0]];
    for (const at of chosen) if (at !== undefined) targets[at] = target;
  }
  return targets;
}

/** What a kind cannot be without, and what only it has. */
const telling: Readonly<Record<ObjectName, readonly string[]>> = {
  contact: ['first_name', 'last_name', 'email', 'job_title'],
  company: ['domain', 'address'],
  deal: ['value', 'stage', 'expected_close_date', 'currency'],
  task: ['due_at', 'completed_at', 'type', 'priority'],
};

/** Which kind of record a file holds, by its headers; its name decides between equals. */
export function guessObject(
  headers: readonly string[],
  fileName: string,
  custom: CustomFields,
): ObjectName {
  const named = (object: ObjectName): boolean => nameWords[object].test(fileName);
  const score = (object: ObjectName): number => {
    const targets = new Set(guessTargets(object, headers, custom));
    const found = telling[object].filter((target) => targets.has(target)).length;
    const prefix = headers.some((header) => prefixes[object].test(header));
    return found + (named(object) ? 1.5 : 0) + (prefix ? 3 : 0);
  };
  return objectNames.toSorted((a, b) => score(b) - score(a))[0] ?? 'contact';
}

const nameWords: Readonly<Record<ObjectName, RegExp>> = {
  contact: /contact|people|person|kontakt/i,
  company: /compan|organi[sz]ation|account|firm/i,
  deal: /deal|opportunit/i,
  task: /task|activit|todo/i,
};

const prefixes: Readonly<Record<ObjectName, RegExp>> = {
  contact: /^person - (?!id)/i,
  company: /^organization - (?!id)/i,
  deal: /^deal - (?!id)/i,
  task: /^activity - (?!id)/i,
};
