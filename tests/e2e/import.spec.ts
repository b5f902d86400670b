import { readFileSync } from 'node:fs';
import { expect, open, test } from './support/test.ts';

const people = `Given Name;Family Name;E-mail;Organization;Since
Anna;Berg;anna@example.org;Harbour Ltd;03.04.2026
Uwe;Berg;uwe@example.org;Harbour Ltd;05.04.2026
Ida;Berg;no address;;
`;

function csv(name: string, text: string) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
}

test.describe('import', () => {
  // A row that undo takes away asks once more for the company that went with it.
  test.use({ expectedErrors: [/404 \(Not Found\)/] });

  test('a file is mapped, checked, imported and undone; what was refused comes back as a file', async ({
    page,
    server,
  }) => {
    await server.rest('POST', '/contacts', { first_name: 'Ann', email: 'ANNA@example.org' });
    await open(page, '/contacts');
    await page.getByTestId('list-menu').click();
    await page.getByRole('menuitem', { name: 'Import…' }).click();
    await page.locator('input[type=file]').setInputFiles(csv('people.csv', people));

    // Mapped by itself, and changed by hand: the column nobody knows goes to the note.
    await expect(page.getByRole('combobox', { name: 'Where Given Name goes' })).toHaveValue(
      'First name',
    );
    const preview = page.getByRole('region', { name: 'The first rows as they will be' });
    await expect(preview.getByText('Updated')).toBeVisible();
    await expect(preview.getByText(/no address/)).toBeVisible();
    await page.getByRole('combobox', { name: 'Where Since goes' }).click();
    await page.getByRole('option', { name: 'Note', exact: true }).click();
    await expect(preview.getByText('Since: 03.04.2026')).toBeVisible();

    await page.getByTestId('import-check').click();
    await expect(page.getByText('Every row was checked')).toBeVisible();
    await expect(page.getByText('1 row refused')).toBeVisible();
    await page.getByRole('radio', { name: /new record/ }).click();
    await page.getByTestId('import-start').click();
    await expect(page.getByRole('heading', { name: 'Imported' })).toBeVisible();

    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the report' }).click();
    const report = await waiting;
    expect(report.suggestedFilename()).toBe('people refused.csv');
    expect(readFileSync(await report.path(), 'utf8')).toContain('Ida;Berg;no address;;;4;');

    await page.getByRole('link', { name: 'Show contacts' }).click();
    await expect(page.getByText('anna@example.org')).toBeVisible();
    await expect(page.getByText('uwe@example.org')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByText('uwe@example.org')).toBeHidden();
    await expect(page.getByText('ANNA@example.org')).toBeVisible();
  });
});

test('what a list shows is exported as it shows it', async ({ page, server }) => {
  await server.rest('POST', '/contacts', { first_name: 'Anna', email: 'anna@example.org' });
  await server.rest('POST', '/contacts', { first_name: '=1+1', email: 'x@example.org' });
  await open(page, '/contacts');
  await expect(page.getByText('anna@example.org')).toBeVisible();
  const take = async (item: string): Promise<string> => {
    await page.getByTestId('list-menu').click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    return readFileSync(await (await waiting).path(), 'utf8');
  };
  const whole = await take('Export as CSV');
  expect(whole).toMatch(/^\uFEFFFirst name,Last name,Email/);
  expect(whole).toContain("'=1+1,");
  expect(await take('Export as vCard')).toContain('FN:Anna');
  await page.getByRole('textbox', { name: /contacts/i }).fill('anna');
  await expect(page.getByText('x@example.org')).toBeHidden();
  const filtered = await take('Export as CSV');
  expect(filtered).toContain('Anna');
  expect(filtered).not.toContain('=1+1');

  await open(page, '/settings');
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as JSON' }).click();
  const all: unknown = JSON.parse(readFileSync(await (await waiting).path(), 'utf8'));
  expect(all).toMatchObject({ format: 'trellis', contacts: [{}, {}] });
});
