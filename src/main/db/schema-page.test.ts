import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeSchema } from '../../../scripts/schema-snapshot.ts';

test('docs/schema.md is what `npm run schema` writes', () => {
  expect(readFileSync('docs/schema.md', 'utf8')).toBe(describeSchema());
});
