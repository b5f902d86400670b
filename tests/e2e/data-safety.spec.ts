import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, open, test as base } from './support/test.ts';
import { TestServer } from './support/start-server.ts';

const test = base.extend<{ backupDir: string; server: TestServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright names a fixture's dependencies by destructuring
  backupDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'trellis-e2e-backups-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  server: async ({ backupDir }, use) => {
    const server = new TestServer({ environment: { TRELLIS_BACKUP_DIR: backupDir } });
    await server.start();
    await use(server);
    await server.stop();
  },
});

test('a backup is made, looked into and restored; automation waits until it is let go on', async ({
  page,
  server,
  backupDir,
}) => {
  await server.rest('POST', '/contacts', { first_name: 'Ada', last_name: 'Lovelace' });
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { name: 'Data safety' })).toBeVisible();
  await page.getByTestId('back-up').click();
  await expect(page.getByText('The backup was made and checked.')).toBeVisible();
  expect(readdirSync(backupDir).filter((name) => name.endsWith('by-hand.db'))).toHaveLength(1);

  await server.rest('POST', '/contacts', { first_name: 'Grace' });
  const row = page.getByTestId('backups').getByRole('row').filter({ hasText: 'Made by you' });
  await row.getByRole('button', { name: 'Restore…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('file-counts')).toContainText(/Contacts\s*1/);
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('The backup is restored.')).toBeVisible();
  await expect(page.getByTestId('paused-banner')).toBeVisible();
  await open(page, '/contacts');
  await expect(page.getByText('Ada Lovelace')).toBeVisible();
  await expect(page.getByText('Grace')).toBeHidden();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByTestId('paused-banner')).toBeHidden();
});

test.describe('sealed', () => {
  // The wrong passphrase is an answer that Chromium's console lists.
  test.use({ expectedErrors: [/status of 422/] });

  test('a sealed backup asks for its passphrase, and says when it is the wrong one', async ({
    page,
    server,
  }) => {
    await server.rest('POST', '/contacts', { first_name: 'Ada' });
    await open(page, '/settings/data-safety');
    await page.getByLabel('New passphrase').fill('a long sentence');
    await page.getByRole('button', { name: 'Seal backups' }).click();
    await expect(page.getByText('Backups are sealed')).toBeVisible();
    await page.getByTestId('back-up').click();
    const row = page.getByTestId('backups').getByRole('row').filter({ hasText: 'Made by you' });
    await row.getByRole('button', { name: 'Restore…' }).click();
    const dialog = page.getByRole('dialog');
    const passphrase = dialog.getByLabel('Passphrase of this backup');
    await passphrase.fill('a guess');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText('This passphrase does not open the backup.')).toBeVisible();
    await passphrase.fill('a long sentence');
    await page.keyboard.press('Enter');
    await expect(dialog.getByTestId('file-counts')).toContainText(/Contacts\s*1/);
  });
});

test.describe('damaged', () => {
  // Until the file is repaired nothing else is answered, and the stream ends with the server that repaired.
  test.use({ expectedErrors: [/status of 409/, /ERR_CONNECTION/, /net::/] });

  test('a damaged file is repaired from the last backup, in the same window', async ({
    browser,
    server,
  }) => {
    await server.rest('POST', '/contacts', { first_name: 'Ada', last_name: 'Lovelace' });
    const first = await browser.newPage();
    await first.goto(await server.signInUrl());
    await open(first, '/settings/data-safety');
    await first.getByTestId('back-up').click();
    await expect(first.getByText('The backup was made and checked.')).toBeVisible();
    await first.close();
    await server.end();
    const bytes = readFileSync(server.databaseFile);
    bytes.fill(0x5a, 0, 4_096);
    writeFileSync(server.databaseFile, bytes);
    await server.start();

    const page = await browser.newPage();
    await page.goto(await server.signInUrl());
    await expect(page.getByRole('heading', { name: 'The file is damaged' })).toBeVisible();
    await page.getByRole('button', { name: 'Repair' }).click();
    await expect(page.getByTestId('repair-report')).toContainText(/Contacts\s*1/);
    await page.getByRole('button', { name: 'Open Trellis' }).click();
    await expect(page.getByTestId('paused-banner')).toBeVisible();
    await open(page, '/contacts');
    await expect(page.getByText('Ada Lovelace')).toBeVisible();
    expect(readdirSync(server.dataDir).some((name) => name.includes('.damaged-'))).toBe(true);
    await page.close();
  });
});
