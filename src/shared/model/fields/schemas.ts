import { z } from 'zod';
import { emailPattern } from '../email-address.ts';
import { isCurrency } from '../money.ts';
import type { ObjectName } from '../objects.ts';
import { isCustomName } from './custom-fields.ts';
import type { Field } from './field.ts';
import { fieldsOf, type RecordDto, type RecordInput, type RecordPatch } from './registry.ts';

// Addresses are checked for shape only: who accepts mail, the mail server knows.
const phonePattern = /^[+(]?[\d\s().\-/x#*]{2,}$/iu;
const domainPattern =
  /^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;

const tagName = z
  .string('a tag must be text')
  .trim()
  .min(1, 'a tag must not be empty')
  .max(60, 'a tag may have at most 60 characters');

function text(field: Field): z.ZodType {
  const base = z
    .string(`${field.name} must be text`)
    .trim()
    .max(
      field.max_length ?? 20_000,
      `${field.name} may have at most ${field.max_length ?? 20_000} characters`,
    );
  return field.presence === 'required' ? base.min(1, `${field.name} must not be empty`) : base;
}

function pattern(field: Field, expression: RegExp, example: string): z.ZodType {
  const message = `${field.name} must be ${example}`;
  return text(field).refine((value) => value === '' || expression.test(String(value)), message);
}

function valueSchema(field: Field): z.ZodType {
  switch (field.type) {
    case 'id':
    case 'text':
    case 'long_text':
    case 'stage':
    case 'pipeline':
    case 'link':
      return text(field);
    case 'email':
      return pattern(field, emailPattern, 'an email address such as anna@example.com');
    case 'phone':
      return pattern(field, phonePattern, 'a phone number such as +49 30 123456');
    case 'domain':
      return pattern(field, domainPattern, 'a domain such as example.com, without http://');
    case 'money':
      return z
        .number(`${field.name} must be a number such as 5000 or 5000.01`)
        .min(0, `${field.name} must be 0 or more`)
        .max(1e12, `${field.name} must be at most 1000000000000`);
    case 'number':
      return z.number(`${field.name} must be a number such as 12 or 1.5`);
    case 'boolean':
      return z.boolean(`${field.name} must be true or false`);
    case 'multi_choice':
      return z
        .array(
          z.enum(field.choices ?? [], {
            error: `${field.name} must be a list of: ${(field.choices ?? []).join(', ')}`,
          }),
          `${field.name} must be a list of: ${(field.choices ?? []).join(', ')}`,
        )
        .max(100);
    case 'currency':
      return z
        .string(`${field.name} must be a currency code such as EUR`)
        .refine(isCurrency, `${field.name} must be an ISO 4217 currency code such as EUR or USD`);
    case 'date':
      return z.iso.date(`${field.name} must be a date such as 2026-12-31`);
    case 'datetime':
      return z.iso.datetime({
        offset: true,
        error: `${field.name} must be a time with its zone, such as 2026-12-31T09:00:00Z`,
      });
    case 'tags':
      return z.array(tagName, `${field.name} must be a list of names such as ["vip"]`).max(100);
    case 'choice':
      return z.enum(field.choices ?? [], {
        error: `${field.name} must be one of: ${(field.choices ?? []).join(', ')}`,
      });
  }
}

/**
 * Checks one value of a field, trimmed. An optional field also takes `null`; text fields take `''`, which the
 * services store as empty. Whether a stage or a linked record exists, only the file knows.
 */
export function fieldSchema(field: Field): z.ZodType {
  const schema = valueSchema(field);
  return field.presence === 'optional' ? schema.nullable() : schema;
}

function shape(object: ObjectName, mode: 'input' | 'patch'): Record<string, z.ZodType> {
  const entries: [string, z.ZodType][] = [];
  for (const field of fieldsOf(object)) {
    if (!field.editable) continue;
    const schema = fieldSchema(field);
    const mandatory = mode === 'input' && field.presence === 'required';
    entries.push([field.name, mandatory ? schema : schema.optional()]);
  }
  return Object.fromEntries(entries);
}

// Built once: building a schema costs a hundred times what checking a record by it does.
const inputSchemas = forEachObject((object) => withCustom(shape(object, 'input')));
const patchShapes = forEachObject((object) => shape(object, 'patch'));
const patchSchemas = forEachObject((object) =>
  withCustom({ ...patchShapes[object], id: z.string() }),
);

/** Takes the user's own fields beside those of a shape: what they may hold, the file knows and its service checks. */
function withCustom(entries: Record<string, z.ZodType>): z.ZodType {
  return z.looseObject(entries).check(({ value, issues }) => {
    const unknown = Object.keys(value).filter(
      (key) => !Object.hasOwn(entries, key) && !isCustomName(key),
    );
    for (const key of unknown)
      issues.push({ code: 'unrecognized_keys', keys: [key], input: value });
  });
}

function forEachObject<T>(build: (object: ObjectName) => T): Readonly<Record<ObjectName, T>> {
  return {
    contact: build('contact'),
    company: build('company'),
    deal: build('deal'),
    task: build('task'),
  };
}

/** Refuses unknown and read-only keys, so that no typing error is silently ignored. */
export function recordInputSchema<O extends ObjectName>(
  object: O,
): z.ZodType<RecordInput<O>, RecordInput<O>> {
  const schema: z.ZodType = inputSchemas[object];
  // The registry types both the shape and RecordInput; zod cannot follow a shape computed at run time.
  return schema as z.ZodType<RecordInput<O>, RecordInput<O>>;
}

/** As {@link recordInputSchema}, each key optional, together with the id of the record. */
export function recordPatchSchema<O extends ObjectName>(
  object: O,
): z.ZodType<RecordPatch<O> & { id: string }, RecordPatch<O> & { id: string }> {
  const schema: z.ZodType = patchSchemas[object];
  return schema as z.ZodType<RecordPatch<O> & { id: string }, RecordPatch<O> & { id: string }>;
}

/** Checks one value as {@link recordPatchSchema} checks it among others; undefined for a field nobody can write. */
export function patchValueSchema(object: ObjectName, field: string): z.ZodType | undefined {
  return patchShapes[object][field];
}

function outputValue(field: Field): z.ZodType {
  const base: z.ZodType =
    field.type === 'money'
      ? z.number()
      : field.type === 'tags'
        ? z.array(z.string())
        : field.choices
          ? z.enum(field.choices)
          : z.string();
  return field.presence === 'optional' ? base.nullable() : base;
}

/** A record in an answer. */
export function recordSchema<O extends ObjectName>(
  object: O,
): z.ZodType<RecordDto<O>, RecordDto<O>> {
  const entries = fieldsOf(object).map((field) => [field.name, outputValue(field)] as const);
  // The user's own fields come beside them.
  const schema: z.ZodType = z.looseObject(Object.fromEntries(entries));
  return schema as z.ZodType<RecordDto<O>, RecordDto<O>>;
}
