import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../docs/measured');

/** Prints a table; the long run, which has the full counts, also keeps it in `docs/measured/`. */
export function writeMeasured(name: string, lines: readonly string[]): void {
  process.stdout.write(`\n${lines.join('\n')}\n`);
  if (process.env['TRELLIS_LONG'] !== 'true') return;
  mkdirSync(folder, { recursive: true });
  const title = name.replaceAll('-', ' ');
  const heading = title.charAt(0).toUpperCase() + title.slice(1);
  const text = `# ${heading}\n\nWritten by \`npm run test:long\`.\n\n${lines.join('\n')}\n`;
  writeFileSync(join(folder, `${name}.md`), text);
}
