import { describe, expect, test } from 'vitest';
import { hasTemplate, readTemplate, renderTemplate } from './template.ts';

function pathsOf(text: string): string[] {
  const read = readTemplate(text);
  if ('fault' in read) throw new Error(read.fault.message);
  return read.paths.map((path) => path.join('.'));
}

function faultOf(text: string): { code: string; message: string } | null {
  const read = readTemplate(text);
  return 'fault' in read ? read.fault : null;
}

const context = {
  deal_title: 'Roof',
  deal: { title: 'Roof', value: 5000.01, description: null, contact_id: '' },
  steps: { step_1: { task: { title: 'Call' } } },
  nothing: Object.freeze({}),
};

describe('the paths of a template', () => {
  test.each([
    ['plain text', []],
    ['{{deal_title}}', ['deal_title']],
    ['{{ deal.title | upcase }} and {{ deal["value"] }}', ['deal.title', 'deal.value']],
    ['{{ deal_title | append: contact.name }}', ['deal_title', 'contact.name']],
    ['{% if deal.value > 100 %}{{ contact.name }}{% endif %}', ['deal.value', 'contact.name']],
    // What the template names itself is not expected from outside.
    ['{% assign x = deal.title %}{{ x }}', ['deal.title']],
    ['{% capture x %}a{% endcapture %}{{ x }}', []],
    ['{% for word in words %}{{ word }}{{ forloop.index }}{% endfor %}', ['words']],
    ['{% for i in (1..3) %}{{ i }}{% endfor %}', []],
    // What a variable segment names is only known at run time: the fixed part before it counts.
    ['{{ deal[field] }}', ['deal', 'field']],
    ['{{ "text" }}{{ 5 }}{{ true }}', []],
  ])('%s', (text, expected) => {
    expect(pathsOf(text).toSorted()).toEqual(expected.toSorted());
  });
});

describe('a template that cannot be read', () => {
  test.each([
    ['{{ deal_title', 'template_syntax'],
    ['{% if deal_title %}', 'template_syntax'],
    ['{% endfor %}', 'template_syntax'],
    ['{% nonsense %}', 'template_syntax'],
    ['{{ deal_title | shout }}', 'unknown_filter'],
    ['{{ deal_title | upcase | shout: 1 }}', 'unknown_filter'],
    // It reads no files.
    ['{% include "/etc/passwd" %}', 'template_syntax'],
    ['{% render "../secret" %}', 'template_syntax'],
    ['{% layout "x" %}', 'template_syntax'],
  ])('%s', (text, code) => {
    const fault = faultOf(text);
    expect(fault?.code).toBe(code);
    expect(fault?.message).not.toMatch(/\n|file:/);
  });

  test('the message names the filter and the cure', () => {
    expect(faultOf('{{ deal_title | shout }}')?.message).toBe(
      'Unknown filter "shout". Use a Liquid filter such as upcase, date, default or round.',
    );
  });

  test('a text beyond the limit is refused, not parsed', () => {
    expect(faultOf(`{{ deal_title }}${'x'.repeat(100_001)}`)?.code).toBe('template_syntax');
  });
});

describe('rendering', () => {
  test.each([
    ['plain {text}', 'plain {text}'],
    ['{{deal_title}}', 'Roof'],
    ['{{ deal.title | upcase }}', 'ROOF'],
    ['{{ deal.value }}', '5000.01'],
    ['{{ deal.value | round }}', '5000'],
    ['{{ deal.description | default: "none" }}', 'none'],
    ['{{ steps.step_1.task.title }}', 'Call'],
    ['{% for i in (1..3) %}{{ i }},{% endfor %}', '1,2,3,'],
    ['{% if deal.value > 5000 %}big{% else %}small{% endif %}', 'big'],
    ['<{{ deal_title }}>', '<Roof>'],
  ])('%s', (text, expected) => {
    expect(renderTemplate(text, context).text).toBe(expected);
  });

  test.each([
    ['{{ deal.description }}', ['deal.description']],
    ['{{ deal.contact_id }}', ['deal.contact_id']],
    ['{{ nothing.name }} {{ deal_title }}', ['nothing.name']],
    ['{{ absent }}{{ absent.deeper }}', ['absent', 'absent.deeper']],
    ['{{ deal.value }}', []],
    ['no template', []],
  ])('%s tells which paths were empty', (text, empty) => {
    const rendered = renderTemplate(text, context);
    expect(rendered.empty.toSorted()).toEqual(empty);
  });

  test('zero and false are values', () => {
    const rendered = renderTemplate('{{ a }} {{ b }}', { a: 0, b: false });
    expect(rendered).toEqual({ text: '0 false', empty: [] });
  });

  test.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'deal.constructor',
    'deal.__proto__',
    'deal.constructor.constructor',
    'deal_title.constructor',
    'deal["__proto__"]["toString"]',
    'deal.valueOf',
  ])('nothing inherited is reachable: %s', (path) => {
    const { text, empty } = renderTemplate(`[{{ ${path} }}]`, context);
    expect(text).toBe('[]');
    expect(empty).toHaveLength(1);
  });

  test('a dynamic segment reaches nothing inherited either', () => {
    const { text } = renderTemplate('{% assign k = "constructor" %}[{{ deal[k] }}]', context);
    expect(text).toBe('[]');
  });

  test('only what a template names is read', () => {
    const read: string[] = [];
    const lazy = {
      get deal() {
        read.push('deal');
        return { title: 'Roof' };
      },
      get contact() {
        read.push('contact');
        return { name: 'Anna' };
      },
    };
    expect(renderTemplate('{{ deal.title }}', lazy).text).toBe('Roof');
    expect(new Set(read)).toEqual(new Set(['deal']));
  });

  test('a template that grows without end is stopped', () => {
    expect(() => renderTemplate('{% for i in (1..100000000) %}x{% endfor %}', context)).toThrow(
      /limit/,
    );
    const doubling = '{% assign s = s | append: s | append: "xx" %}'.repeat(40);
    expect(() => renderTemplate(`${doubling}{{ s }}`, context)).toThrow(/limit/);
  });

  test('a template that runs without end is stopped', () => {
    const loop = '{% for i in (1..9999) %}{% for j in (1..9999) %}{{ i }}{% endfor %}{% endfor %}';
    const before = performance.now();
    expect(() => renderTemplate(loop, context)).toThrow(/limit/);
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

test('a text has a template when it opens one', () => {
  expect(['{{x}}', 'a {% if x %}', '{{'].map(hasTemplate)).toEqual([true, true, true]);
  expect(['', '{x}', '} }}', '{ {x} }'].map(hasTemplate)).toEqual([false, false, false, false]);
});

describe('dates in templates', () => {
  const dated = { now: '2026-03-02T23:30:00.000Z', due: '2026-07-01T22:15:00.000Z' };

  test('are those of the zone they are rendered for, winter and summer', () => {
    const render = (text: string) => renderTemplate(text, dated, 'Europe/Berlin').text;
    expect(render('{{ now | date: "%Y-%m-%d %H:%M" }}')).toBe('2026-03-03 00:30');
    expect(render('{{ due | date: "%d.%m. %H:%M" }}')).toBe('02.07. 00:15');
  });

  test('"now" is the moment of the run, not of the machine', () => {
    expect(renderTemplate('{{ "now" | date: "%Y-%m-%d" }}', dated, 'UTC').text).toBe('2026-03-02');
  });
});

test('chance is no filter: the same event renders the same text', () => {
  expect(readTemplate('{{ contact.name | sample }}')).toMatchObject({
    fault: { code: 'unknown_filter' },
  });
});
