import { expect, test } from 'vitest';
import { readPlainTemplate } from './plain-template.ts';
import { renderTemplate } from './template.ts';

const context = {
  deal_title: 'Roof',
  deal: { value: 100.5, title: '', tags: ['a', 'b'], won: false, name: 'size' },
  steps: { one: { task: null } },
};

/** A tag that does nothing, so that Liquid itself renders it. */
const throughLiquid = (text: string): string => `${text}{% comment %}{% endcomment %}`;

test.each([
  '{{deal_title}}',
  'Call about {{ deal_title }} for {{deal.value}}!',
  '{{deal.title}}{{deal.none}}{{steps.one.task}}{{steps.two.task}}',
  '{{deal_title}} {{deal_title.none}} {{none.at.all}}',
  '{{deal.won}} } % { ',
  '{{\n deal.name \t}}',
])('%j is rendered as Liquid does', (text) => {
  expect(readPlainTemplate(text)).not.toBeNull();
  const { text: expected } = renderTemplate(throughLiquid(text), context);
  expect(renderTemplate(text, context).text).toBe(expected);
});

test.each([
  '{{ deal_title | upcase }}',
  '{{- deal_title -}}',
  '{% if deal %}x{% endif %}',
  '{{ "text" }}',
  '{{ deal.tags[0] }}',
  '{{ deal_title.size }}',
  '{{ deal_title.length }}',
  '{{ true }}',
  '{{ deal_title',
])('%j is left to Liquid', (text) => {
  expect(readPlainTemplate(text)).toBeNull();
});

test('a list is shown as Liquid shows it, and what is empty is told', () => {
  expect(renderTemplate('{{deal.tags}}', context).text).toBe('ab');
  expect(renderTemplate('{{deal.title}} {{deal_title}}', context)).toEqual({
    text: ' Roof',
    empty: ['deal.title'],
  });
});
