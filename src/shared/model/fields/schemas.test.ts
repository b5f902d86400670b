import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { objectNames } from '../objects.ts';
import type { Field, FieldType } from './field.ts';
import { editableFieldsOf, fieldsOf, findField } from './registry.ts';
import { fieldSchema, recordInputSchema, recordPatchSchema, recordSchema } from './schemas.ts';

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value).error?.issues[0]?.message;
}

const cases: Record<
  Exclude<FieldType, 'id'>,
  { good: readonly unknown[]; bad: readonly unknown[]; says: RegExp }
> = {
  text: { good: ['Anna', 'ÄÖÜ', ''], bad: [5, true, {}, [], undefined], says: /must be text/ },
  long_text: { good: ['a\nb', ''], bad: [5], says: /must be text/ },
  email: {
    good: ['a@b.de', 'anna.berg+x@mail.example.com', 'ä@bücher.example', ''],
    bad: ['a', 'a@b', 'a b@c.de', 'a@b.de, c@d.de', '<a@b.de>', '@b.de', 'a@b.d'],
    says: /such as anna@example\.com/,
  },
  phone: {
    good: ['+49 30 123456', '(030) 12-34', '030/1234', '110', ''],
    bad: ['call me', '1', '+', '12 34 ab'],
    says: /such as \+49 30 123456/,
  },
  domain: {
    good: ['example.com', 'a.b.co.uk', 'bücher.example', ''],
    bad: ['http://example.com', 'example', '-a.com', 'a..com', 'a b.com', 'example.com/x'],
    says: /such as example\.com/,
  },
  money: {
    good: [0, 5000.01, 1e12],
    bad: ['5000', Number.NaN, Number.POSITIVE_INFINITY, -1, 1e12 + 1, true],
    says: /must be/,
  },
  currency: { good: ['EUR', 'JPY'], bad: ['', 'eur', 'EURO', 5], says: /currency code/ },
  date: {
    good: ['2026-12-31', '2028-02-29'],
    bad: ['', '2026-02-29', '31.12.2026', '2026-12-31T00:00:00Z', 5],
    says: /must be a date such as 2026-12-31/,
  },
  datetime: {
    good: ['2026-12-31T09:00:00Z', '2026-12-31T09:00:00.123Z', '2026-12-31T09:00:00+02:00'],
    bad: ['', '2026-12-31', '2026-12-31T09:00:00', '2026-02-30T09:00:00Z', 5],
    says: /must be a time with its zone/,
  },
  choice: {
    good: ['low', 'high'],
    bad: ['', 'Low', 'urgent', 5],
    says: /must be one of: low, high/,
  },
  number: { good: [0, -1.5, 1e9], bad: ['5', Number.NaN, true], says: /such as 12 or 1\.5/ },
  boolean: { good: [true, false], bad: ['true', 0, 1], says: /must be true or false/ },
  multi_choice: {
    good: [[], ['low'], ['low', 'high']],
    bad: ['low', ['urgent'], [5], {}],
    says: /must be a list of: low, high/,
  },
  tags: {
    good: [[], ['vip'], ['VIP', 'new customer'], ['x'.repeat(60)]],
    bad: ['vip', 5, {}, true],
    says: /must be a list of names such as/,
  },
  pipeline: { good: ['sales', 'any'], bad: [5], says: /must be text/ },
  stage: { good: ['won', 'any'], bad: [5], says: /must be text/ },
  link: { good: ['some-id', ''], bad: [5, {}], says: /must be text/ },
};

describe('a value of a field', () => {
  const types = Object.keys(cases) as (keyof typeof cases)[];

  test.each(types)('%s', (type) => {
    const field: Field = {
      name: 'x',
      label: 'X',
      type,
      presence: 'optional',
      editable: true,
      ...(type === 'choice' || type === 'multi_choice' ? { choices: ['low', 'high'] } : {}),
    };
    const { good, bad, says } = cases[type];
    for (const value of [...good, null])
      expect(fieldSchema(field).safeParse(value).success, JSON.stringify(value)).toBe(true);
    for (const value of bad) {
      const message = messageOf(fieldSchema(field), value);
      expect(message, JSON.stringify(value)).toMatch(says);
      expect(message).toMatch(/^x /);
    }
    for (const presence of ['required', 'defaulted'] as const)
      expect(fieldSchema({ ...field, presence }).safeParse(null).success).toBe(false);
  });

  test('a tag is trimmed, has a name, and not too long a one', () => {
    const field: Field = {
      name: 'tags',
      label: 'Tags',
      type: 'tags',
      presence: 'defaulted',
      editable: true,
    };
    expect(fieldSchema(field).parse([' VIP '])).toEqual(['VIP']);
    expect(messageOf(fieldSchema(field), ['  '])).toBe('a tag must not be empty');
    expect(messageOf(fieldSchema(field), ['x'.repeat(61)])).toBe(
      'a tag may have at most 60 characters',
    );
    expect(messageOf(fieldSchema(field), [5])).toBe('a tag must be text');
    expect(fieldSchema(field).safeParse(Array.from({ length: 101 }, String)).success).toBe(false);
  });

  test('text is trimmed, and what is required is more than blanks', () => {
    const field: Field = {
      name: 'title',
      label: 'Title',
      type: 'text',
      presence: 'required',
      editable: true,
      max_length: 5,
    };
    expect(fieldSchema(field).parse('  abc ')).toBe('abc');
    expect(messageOf(fieldSchema(field), '   ')).toBe('title must not be empty');
    expect(messageOf(fieldSchema(field), 'abcdef')).toBe('title may have at most 5 characters');
    expect(fieldSchema({ ...field, presence: 'optional' }).parse('  ')).toBe('');
  });
});

const inputs = {
  contact: { first_name: 'Anna' },
  company: { name: 'Berg GmbH' },
  deal: { title: 'Roof' },
  task: { type: 'task', title: 'Call' },
} as const;

describe.each(objectNames)('%s', (object) => {
  const input = recordInputSchema(object);
  const patch = recordPatchSchema(object);

  test('needs its required fields and nothing else', () => {
    expect(input.safeParse(inputs[object]).success).toBe(true);
    for (const field of editableFieldsOf(object)) {
      if (field.presence !== 'required') continue;
      const without = { ...inputs[object], [field.name]: undefined };
      expect(input.safeParse(without).error?.issues[0]?.path, field.name).toEqual([field.name]);
    }
    expect(patch.safeParse({ id: 'x' }).success).toBe(true);
    expect(patch.safeParse({}).success).toBe(false);
  });

  test('refuses unknown and read-only keys, inherited names among them', () => {
    const readOnly = fieldsOf(object)
      .filter((field) => !field.editable)
      .map((field) => field.name);
    expect(readOnly).toEqual(expect.arrayContaining(['id', 'created_at', 'updated_at']));
    for (const key of [...readOnly, 'colour', 'constructor', 'toString']) {
      const issue = input.safeParse({ ...inputs[object], [key]: 'x' }).error?.issues[0];
      expect(issue, key).toMatchObject({ code: 'unrecognized_keys', keys: [key] });
      if (key === 'id') continue;
      expect(patch.safeParse({ id: 'x', [key]: 'x' }).success, key).toBe(false);
    }
    const proto: unknown = JSON.parse(`{"id": "x", "__proto__": {"title": "x"}}`);
    // It would be read as the prototype, so it never gets in.
    expect(Object.keys(Object(patch.parse(proto)))).toEqual(['id']);
  });

  test('takes null for what may be empty, and only for that', () => {
    for (const field of editableFieldsOf(object)) {
      const { success } = patch.safeParse({ id: 'x', [field.name]: null });
      expect(success, field.name).toBe(field.presence === 'optional');
    }
  });

  test('answers hold exactly the fields of the registry', () => {
    const full: Record<string, unknown> = {};
    for (const field of fieldsOf(object))
      full[field.name] =
        field.choices?.[0] ?? (field.type === 'money' ? 1 : field.type === 'tags' ? ['x'] : 'x');
    const schema = recordSchema(object);
    expect(Object.keys(schema.parse(full))).toEqual(fieldsOf(object).map((field) => field.name));
    for (const field of fieldsOf(object)) {
      const { [field.name]: _, ...without } = full;
      expect(schema.safeParse(without).success, field.name).toBe(false);
      const nulled = schema.safeParse({ ...full, [field.name]: null }).success;
      expect(nulled, field.name).toBe(field.presence === 'optional');
    }
  });

  test('names each field once, with a label', () => {
    const names = fieldsOf(object).map((field) => field.name);
    expect(new Set(names).size).toBe(names.length);
    for (const field of fieldsOf(object)) {
      expect(field.label).toMatch(/^[A-Z]/);
      expect(field.type === 'choice').toBe(field.choices !== undefined);
      expect(field.type === 'link').toBe(field.links_to !== undefined);
    }
    expect(findField(object, 'constructor')).toBeUndefined();
  });
});
