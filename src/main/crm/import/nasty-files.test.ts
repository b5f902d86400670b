import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { importFile, refusedOf, uploadFile } from '../../../../tests/support/import-file.ts';
import { createTestCore } from '../../../../tests/support/test-core.ts';

const header = 'First name,Last name,Email\n';

async function namesAfter(content: string | Buffer, name = 'nasty.csv') {
  const core = createTestCore();
  const { id, state, analysis } = await importFile(core, name, content);
  const { items } = await core.client.contacts.list({ limit: 500 });
  const names = items.map((contact) => contact.name).toReversed();
  return { core, id, state, analysis, items, names };
}

describe('files that are no tables are refused with what they are', () => {
  test.each([
    ['a zip', Buffer.from('PK\u0003\u0004rest of an archive'), /ZIP archive or an Excel workbook/],
    ['gzip', gzipSync('a,b\n1,2\n'), /compressed file/],
    ['bytes', Buffer.alloc(2_000, 'a\0\0b\0\0\0'), /binary file/],
    ['only a header', Buffer.from(header), /no row below it/],
    ['blank lines', Buffer.from('\n\n\r\n'), /no rows/],
  ])('%s', async (_what, content, says) => {
    const core = createTestCore();
    const id = await uploadFile(core, 'people.csv', content);
    await expect(core.client.imports.analyse({ id })).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(says),
    });
    expect((await core.client.contacts.list()).items).toEqual([]);
  });

  test('empty', async () => {
    const core = createTestCore();
    await expect(uploadFile(core, 'people.csv', '')).rejects.toMatchObject({
      message: expect.stringContaining('is empty'),
    });
  });
});

describe('every encoding arrives as it was meant', () => {
  const text = `${header}Jürgen,Großmann,j@example.org\nZoë,O’Brien,z@example.org\n`;
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['utf-16le', iconv.encode(text, 'utf-16le')],
    ['windows-1252', iconv.encode(text, 'windows-1252')],
  ])('%s', async (encoding, content) => {
    const { names, analysis, state } = await namesAfter(content);
    expect(analysis.plan.encoding).toBe(encoding);
    expect(names).toEqual(['Jürgen Großmann', 'Zoë O’Brien']);
    expect(state.counts.refused).toBe(0);
  });

  test('a wrong guess is put right by hand', async () => {
    const core = createTestCore();
    const id = await uploadFile(core, 'dos.csv', iconv.encode(text, 'cp850'));
    const { columns } = await core.client.imports.analyse({ id, encoding: 'cp850' });
    expect(columns[0]?.samples[0]).toBe('Jürgen');
    await expect(core.client.imports.analyse({ id, encoding: 'klingon' })).rejects.toMatchObject({
      message: expect.stringContaining('klingon'),
    });
  });
});

test.each(['\n', '\r\n', '\r'])('line ends %j', async (end) => {
  const { names } = await namesAfter(
    ['First name,Email', 'Anna,a@example.org', 'Uwe,u@example.org'].join(end),
  );
  expect(names).toEqual(['Anna', 'Uwe']);
});

test.each([',', ';', '\t', '|'])('cells parted by %j', async (delimiter) => {
  const { names, analysis } = await namesAfter(
    [
      ['First name', 'Last name', 'Tags'],
      ['Anna', 'Berg', '"a, b; c"'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n'),
  );
  expect(analysis.plan.delimiter).toBe(delimiter);
  expect(names).toEqual(['Anna Berg']);
});

test('Excel’s own line that names the separator', async () => {
  const { names } = await namesAfter('sep=;\r\nFirst name;Last name\r\nAnna;Berg\r\n');
  expect(names).toEqual(['Anna Berg']);
});

test('ragged rows: what is missing is empty, what is too much is refused and kept in the report', async () => {
  const { core, id, names, state } = await namesAfter(
    `${header}Anna\nUwe,Berg,u@example.org,,\nIda,Berg,i@example.org,lost?\n`,
  );
  expect(names).toEqual(['Anna', 'Uwe Berg']);
  expect(state.refusals).toEqual([
    { line: 4, reason: 'It has 4 cells where there are 3 columns.' },
  ]);
  expect(await refusedOf(core, id)).toContain('Ida,Berg,i@example.org,lost?,4,');
});

test('quotes in quotes, line breaks in cells, and a quote that never closes', async () => {
  const { core, id, names, state } = await namesAfter(
    `${header}"Anna ""Ännchen""","Berg\nThal",a@example.org\nUwe "Uli",Berg,u@example.org\n"Ida,Berg,i@example.org\nMax,Berg,m@example.org\n`,
  );
  expect(names).toEqual(['Anna "Ännchen" Berg\nThal', 'Uwe "Uli" Berg']);
  expect(state.refusals).toEqual([{ line: 5, reason: expect.stringContaining('never closed') }]);
  expect(await refusedOf(core, id)).toContain('Max,Berg,m@example.org');
});

test('10 MB in one field', async () => {
  const { core, id, names, state } = await namesAfter(
    `${header}${'x'.repeat(10_000_000)},Berg,a@example.org\nUwe,Berg,u@example.org\n`,
  );
  expect(names).toEqual(['Uwe Berg']);
  expect(state.refusals).toEqual([{ line: 2, reason: expect.stringContaining('at most 200') }]);
  expect((await refusedOf(core, id)).length).toBeGreaterThan(10_000_000);
});

test('formulas are text, and so is what our own export put before them', async () => {
  const { items } = await namesAfter(
    `${header}"=HYPERLINK(""http://example.org"")",'=1+1,a@example.org\n`,
  );
  expect(items[0]).toMatchObject({
    first_name: '=HYPERLINK("http://example.org")',
    last_name: '=1+1',
  });
});

test('control characters are left out, what they stood between stays', async () => {
  const { names } = await namesAfter(`${header}An\u0000na,Be\u0007rg\u001b,a@example.org\n`);
  expect(names).toEqual(['Anna Berg']);
});

test('500 columns, and headers that are there twice', async () => {
  const many = Array.from({ length: 500 }, (_, at) => `Extra ${at % 250}`);
  const { names, analysis } = await namesAfter(
    `First name,${many.join(',')},Email,Email\nAnna,${many.join(',')},a@example.org,b@example.org\n`,
  );
  expect(names).toEqual(['Anna']);
  expect(new Set(analysis.columns.map((column) => column.name)).size).toBe(503);
  expect(analysis.columns.at(-1)?.name).toBe('Email (2)');
});

test('dates in five orders; what is none in the order of the column is refused', async () => {
  const core = createTestCore();
  const { state } = await importFile(
    core,
    'deals.csv',
    `Title,Amount,Expected close
iso,1,2026-03-05
points,"1.234,50",05.03.2026
words,3,5 Mar 2026
American words,4,"March 5, 2026"
slashes,5,2026/3/5
day first,6,31/03/2026
impossible,7,2026-02-30
`,
  );
  expect(state.counts).toMatchObject({ created: 6, refused: 1 });
  expect(state.refusals[0]).toMatchObject({ line: 8, reason: expect.stringContaining('no date') });
  const { items } = await core.client.deals.list();
  const dates = Object.fromEntries(items.map((deal) => [deal.title, deal.expected_close_date]));
  expect(dates).toEqual({
    iso: '2026-03-05',
    points: '2026-03-05',
    words: '2026-03-05',
    'American words': '2026-03-05',
    slashes: '2026-03-05',
    'day first': '2026-03-31',
  });
  expect(items.find((deal) => deal.title === 'points')?.value).toBe(1_234.5);
});

test('a column whose dates could be read in two ways says so', async () => {
  const core = createTestCore();
  const id = await uploadFile(core, 'deals.csv', 'Title,Close date\na,03/04/2026\nb,05/06/2026\n');
  const { columns, plan } = await core.client.imports.analyse({ id });
  expect(columns[1]).toMatchObject({ is_ambiguous: true });
  const american = plan.columns.map((column) => ({ ...column, date_order: 'mdy' as const }));
  const { rows } = await core.client.imports.preview({ id, plan: { ...plan, columns: american } });
  expect(rows[0]?.values['expected_close_date']).toBe('2026-03-04');
});

test('a damaged card is refused, and the next is read', async () => {
  const { names, state } = await namesAfter(
    'BEGIN:VCARD\nVERSION:4.0\nFN:Anna Berg\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nN:Old;Card\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Uwe Berg\nEND:VCARD\nBEGIN:VCARD\nFN:Cut',
    'people.vcf',
  );
  expect(names).toEqual(['Anna Berg', 'Uwe Berg']);
  expect(state.refusals.map((row) => row.line)).toEqual([5, 13]);
});
