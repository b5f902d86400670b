import { expect, test } from 'vitest';
import { deepLinkRoute, routeOfArguments } from './deep-link.ts';

const id = '0193c0de-0000-7000-8000-00000000abcd';

test.each([
  [`trellis://deal/${id}`, `#/deals/${id}`],
  [`trellis://contact/${id}/`, `#/contacts/${id}`],
  [`trellis://company/${id.toUpperCase()}`, `#/companies/${id}`],
  [`trellis://task/${id}`, `#/tasks/${id}`],
  [`trellis://workflow/${id}`, `#/workflows/${id}`],
  [`trellis://run/${id}`, `#/runs/${id}`],
])('%s opens %s', (url, route) => {
  expect(deepLinkRoute(url)).toBe(route);
});

test.each([
  `https://deal/${id}`,
  `trellis://token/${id}`,
  'trellis://deal/',
  'trellis://deal/../../settings',
  `trellis://deal/${id}?x=1`,
  `trellis://deal/${id}#/settings`,
  `trellis://deal/${id}"+alert(1)+"`,
  'trellis:',
  '',
])('%s opens nothing', (url) => {
  expect(deepLinkRoute(url)).toBeNull();
});

test('the link is found among the switches of a start', () => {
  const args = ['/usr/bin/trellis', '--data-dir', '/tmp/x', `trellis://deal/${id}`];
  expect(routeOfArguments(args)).toBe(`#/deals/${id}`);
  expect(routeOfArguments(['/usr/bin/trellis', '--hidden'])).toBeNull();
});
