import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inProject } from '../../scripts/support/project.mjs';
import { help } from '../../src/renderer/app/i18n/en/help.ts';
import { guidePages } from '../../src/renderer/features/help/guide-pages.ts';

const folder = inProject('docs/guide');
const router = readFileSync(inProject('src/renderer/app/router.tsx'), 'utf8');

/** Few and small: they are in the package and in every clone. */
const largestPicture = 80_000;

const read = (page: string): string => readFileSync(resolve(folder, `${page}.md`), 'utf8');

function isThere(target: string): boolean {
  if (!target.startsWith('#/')) return existsSync(resolve(folder, target));
  const path = target.slice(1).replace(/^\/help\/.*/, '/help/');
  return new RegExp(`path: '${path}['/{]`).test(router);
}

test('the guide has the pages that are in the folder, each under its own title', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const names = files.map((name) => name.replace('.md', ''));
  expect(new Set(names)).toEqual(new Set<string>(guidePages));
  for (const page of guidePages) expect(read(page)).toMatch(`# ${help.pages[page]}\n`);
});

test.each(guidePages)('%s leads nowhere that is not there', (page) => {
  const targets = [...read(page).matchAll(/\[[^\]]+\]\(([^)]+)\)/g)].map(([, to = '']) => to);
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !isThere(target))).toEqual([]);
});

test('the pictures are small, and each is on a page', () => {
  const pages = guidePages.map(read).join('\n');
  const pictures = readdirSync(resolve(folder, 'pictures'));
  for (const name of pictures) {
    expect(pages).toContain(`(pictures/${name})`);
    expect(statSync(resolve(folder, 'pictures', name)).size).toBeLessThan(largestPicture);
  }
});
