import { fullNameTarget, type ImportPlan, noteTarget } from '../../../shared/contract/imports.ts';
import type { CustomFields } from '../../../shared/model/fields/custom-fields.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { invalid } from '../../errors.ts';
import {
  CellFault,
  type CellReader,
  cellReader,
  type CellValue,
  type ReadingContext,
  splitList,
} from './read-value.ts';
import { namedValues, type RecordIndex, splitName } from './record-index.ts';
import { cleanCell, type SourceRow } from './source-row.ts';

/** What a row will do. Links hold the text that names what they point at. */
export type RowPlan =
  | { readonly kind: 'refuse'; readonly reason: string }
  | { readonly kind: 'skip'; readonly id: string }
  | ({ readonly kind: 'create' } & RowContent)
  | ({ readonly kind: 'update'; readonly id: string } & RowContent);

export interface RowContent {
  readonly values: Readonly<Record<string, CellValue | null>>;
  readonly links: readonly NamedLink[];
  readonly note: string | null;
}

export interface NamedLink {
  readonly field: string;
  readonly object: ObjectName;
  readonly name: string;
}

/** A column that goes somewhere. */
interface Target {
  readonly at: number;
  readonly header: string;
  readonly name: string;
  readonly field: Field | null;
  readonly read: CellReader;
}

interface Parts {
  readonly plan: ImportPlan;
  readonly headers: readonly string[];
  readonly custom: CustomFields;
  readonly context: ReadingContext;
  readonly index: RecordIndex;
  /** By the kind they find. */
  readonly links: ReadonlyMap<ObjectName, RecordIndex>;
}

const asText: CellReader = (cell) => cell;

/** Turns rows into what they will do, by the plan of an import. Reads the file of records not at all. */
export class RowPlanner {
  private readonly parts: Parts;
  private readonly targets: readonly Target[];

  /** @throws UserError naming a target that is no field */
  constructor(parts: Parts) {
    this.parts = parts;
    this.targets = targetsOf(parts);
    const { object } = parts.plan;
    if (this.targets.every(({ name }) => name === noteTarget))
      throw invalid('plan.columns', `Choose a field of the ${object} for at least one column.`);
  }

  planRow(row: SourceRow): RowPlan {
    if (row.fault !== null) return { kind: 'refuse', reason: row.fault };
    const { headers, plan, index } = this.parts;
    const surplus = row.cells.slice(headers.length).find((cell) => cell.trim() !== '');
    if (surplus !== undefined) {
      const reason = `It has ${row.cells.length} cells where there are ${headers.length} columns.`;
      return { kind: 'refuse', reason };
    }
    const content = this.readCells(row.cells);
    if (content instanceof CellFault) return { kind: 'refuse', reason: content.reason };
    const named = withLinkNames(content);
    const id = plan.on_match === 'create' ? null : index.find(named);
    if (id !== null)
      return plan.on_match === 'skip' ? { kind: 'skip', id } : { kind: 'update', id, ...content };
    const missing = fillRequired(plan.object, content);
    if (missing !== null) return { kind: 'refuse', reason: missing };
    const homeless = this.homelessLink(content);
    if (homeless) {
      const { field, object, name } = homeless;
      return { kind: 'refuse', reason: `${field}: there is no ${object} "${name}".` };
    }
    return { kind: 'create', ...content };
  }

  /** A link to what neither is there nor may be made. */
  private homelessLink({ links }: RowContent): NamedLink | undefined {
    const { plan } = this.parts;
    return links.find(
      ({ object, name }) =>
        !(plan.create_links && isMakeable(object)) && this.findLinked(object, name) === null,
    );
  }

  /** The kinds that rows of this plan point at. */
  linkedObjects(): ReadonlySet<ObjectName> {
    const objects = this.targets.flatMap(({ field }) =>
      field?.links_to === undefined || field.links_to === 'user' ? [] : [field.links_to],
    );
    return new Set(objects);
  }

  /** Has a text name a record that is not there yet, as it will when the rows are written. */
  noteLinked(object: ObjectName, name: string): void {
    this.parts.links.get(object)?.add('new', namedValues(object, name));
  }

  /** The record a text names; null when there is none yet. */
  findLinked(object: ObjectName, name: string): string | null {
    return this.parts.links.get(object)?.find(namedValues(object, name)) ?? null;
  }

  private readCells(cells: readonly string[]): MutableContent | CellFault {
    const values: Record<string, CellValue | null> = {};
    const links: NamedLink[] = [];
    const notes: string[] = [];
    let fullName: string | null = null;
    for (const { at, header, name, field, read } of this.targets) {
      const cell = cleanCell(cells[at] ?? '');
      if (cell === '') continue;
      if (field === null) {
        if (name === fullNameTarget) fullName ??= cell;
        else notes.push(isNoteHeader(header) ? cell : `${header}: ${cell}`);
      } else if (field.type === 'link') {
        const object = field.links_to;
        if (object !== undefined && object !== 'user' && !links.some((link) => link.field === name))
          links.push({ field: name, object, name: cell });
      } else {
        const fault = putCell(values, notes, { header, field, read }, cell);
        if (fault) return new CellFault(`${header}: ${fault.reason}`);
      }
    }
    if (
      fullName !== null &&
      values['first_name'] === undefined &&
      values['last_name'] === undefined
    )
      Object.assign(values, splitName(fullName));
    return { values, links, note: notes.length === 0 ? null : notes.join('\n') };
  }
}

interface MutableContent extends RowContent {
  readonly values: Record<string, CellValue | null>;
}

function targetsOf({ plan, headers, custom, context }: Parts): Target[] {
  return plan.columns.flatMap((column, at): Target[] => {
    const { target } = column;
    const header = headers[at] ?? `Column ${at + 1}`;
    if (target === null) return [];
    if (target === noteTarget || (target === fullNameTarget && plan.object === 'contact'))
      return [{ at, header, name: target, field: null, read: asText }];
    const field = findField(plan.object, target, custom);
    if (!field?.editable || field.links_to === 'user')
      throw invalid(
        `plan.columns.${at}.target`,
        `A ${plan.object} has no field "${target}" that can be imported.`,
      );
    return [{ at, header, name: target, field, read: cellReader(field, column, context) }];
  });
}

/** Whether a column is called what a note is: then its text needs no label. */
function isNoteHeader(header: string): boolean {
  return /^(?:notes?|comments?|description)$/i.test(header.trim());
}

/** Adds a cell to the value of its field. What a field has no room for goes to the note. */
function putCell(
  values: Record<string, CellValue | null>,
  notes: string[],
  { header, field, read }: Pick<Target, 'header' | 'field' | 'read'> & { field: Field },
  cell: string,
): CellFault | null {
  const { name, type } = field;
  const before = values[name];
  const isSingle = type === 'email' || type === 'phone';
  const parts = isSingle && / ::: |[;,\n]/.test(cell) ? splitList(cell) : null;
  const [first = cell, ...others] = parts ?? [cell];
  if (isSingle && before !== undefined) {
    notes.push(`${header}: ${cell}`);
    return null;
  }
  const value = read(first);
  if (value instanceof CellFault) return value;
  if (others.length > 0) notes.push(`${header}: ${others.join(', ')}`);
  if (before === undefined || before === null) values[name] = value;
  else if (Array.isArray(before) && Array.isArray(value))
    values[name] = [...before, ...value.filter((one) => !before.includes(one))];
  else if (type === 'text' || type === 'long_text')
    values[name] = `${String(before)}${type === 'text' ? ' ' : ', '}${String(value)}`;
  else notes.push(`${header}: ${cell}`);
  return null;
}

function withLinkNames({ values, links }: RowContent): Record<string, unknown> {
  return links.length === 0
    ? values
    : { ...values, ...Object.fromEntries(links.map(({ field, name }) => [field, name])) };
}

/**
 * Fills what a record cannot be without from what else the row says of it.
 *
 * @returns why it cannot be filled
 */
function fillRequired(object: ObjectName, { values, links }: MutableContent): string | null {
  switch (object) {
    case 'contact': {
      if (values['first_name'] !== undefined) return null;
      const { last_name: last, email, phone } = values;
      // Many exports hold people of whom only an address or an employer is known.
      const name = last ?? email ?? links[0]?.name ?? phone;
      if (name === undefined || name === null) return 'It has no name, address or company.';
      values['first_name'] = String(name).slice(0, 200);
      if (last !== undefined) values['last_name'] = null;
      return null;
    }
    case 'company':
      values['name'] ??= values['domain'] ?? null;
      return values['name'] === null ? 'It has no name.' : null;
    case 'deal':
      return values['title'] === undefined ? 'It has no title.' : null;
    case 'task':
      values['type'] ??= 'task';
      return values['title'] === undefined ? 'It has no title.' : null;
  }
}

/** A company is a name, and a person is; a deal or a task by its title alone would be a guess. */
function isMakeable(object: ObjectName): boolean {
  return object === 'company' || object === 'contact';
}
