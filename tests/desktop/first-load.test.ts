import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { inProject } from '../../scripts/support/project.mjs';

/** What may be loaded before the first screen is asked for, gzipped. */
const limit = 250_000;

const rendererDir = inProject('out/renderer');

/** The scripts of the page and everything they import without being asked: the first load. */
function firstLoad(): string[] {
  const html = readFileSync(join(rendererDir, 'index.html'), 'utf8');
  const queue = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
    (match) => match[1] ?? '',
  );
  const found = new Set<string>();
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const { module } = parseSync(file, readFileSync(join(rendererDir, file), 'utf8'));
    const requests = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.map(({ moduleRequest }) => moduleRequest?.value ?? ''),
      ),
    ];
    for (const request of requests) {
      if (request.startsWith('.')) queue.push(join(dirname(file), request));
    }
  }
  return [...found];
}

test('the first load is small, and the screens are not in it', () => {
  const files = firstLoad();
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(rendererDir, file))).length,
    0,
  );
  console.log(`First load: ${files.length} files, ${Math.round(bytes / 1_000)} kB gzipped`);
  expect(files.length).toBeGreaterThan(5);
  expect(bytes).toBeLessThan(limit);
  expect(
    files.filter((file) => /(?:workflow-screen|deals-screen|settings-screen)-/.test(file)),
  ).toEqual([]);
});
