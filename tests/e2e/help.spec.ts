import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, open, test as base } from './support/test.ts';
import { TestServer } from './support/start-server.ts';

/** A folder that the version before was used on. */
const test = base.extend<{ server: TestServer }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright names a fixture's dependencies by destructuring
  server: async ({}, use) => {
    const server = new TestServer();
    writeFileSync(join(server.dataDir, 'settings.json'), '{ "seen_version": "0.0.9" }');
    await server.start();
    await use(server);
    await server.stop();
  },
});

test('the guide is read by keyboard, its pictures show, and its links lead on', async ({
  page,
}) => {
  await page.keyboard.press('F1');
  const article = page.getByRole('article');
  await expect(article.getByRole('heading', { level: 1, name: 'Workflows' })).toBeVisible();
  const picture = article.getByRole('img', { name: 'A workflow in the editor' });
  await expect(picture).toBeVisible();
  const width = () => picture.evaluate((image) => Reflect.get(image, 'naturalWidth'));
  await expect.poll(width).toBeGreaterThan(500);
  await article.getByRole('link', { name: 'When a workflow fails' }).click();
  await expect(article.getByRole('heading', { level: 1 })).toHaveText('When a workflow fails');
  await article.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();

  await open(page, '/help/privacy');
  await expect(page.getByText('Nothing has left this computer yet.')).toBeVisible();
  await page.getByRole('link', { name: 'All connections' }).click();
  await expect(page.getByText('No connection was ever opened')).toBeVisible();
  await open(page, '/help/nowhere');
  await expect(page.getByText('There is no such page in the guide.')).toBeVisible();
});

test('what is new is offered once after an update', async ({ page, server }) => {
  const banner = page.getByTestId('updated-banner');
  await expect(banner).toContainText('Trellis was updated to');
  await banner.getByRole('button', { name: 'What’s new' }).click();
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toHaveText(
    'Changelog',
  );
  await expect(banner).toBeHidden();
  await page.reload();
  await expect(page.getByRole('article').getByRole('heading', { level: 1 })).toBeVisible();
  await expect(banner).toBeHidden();
  const settings = readFileSync(join(server.dataDir, 'settings.json'), 'utf8');
  expect(settings).not.toContain('0.0.9');
});

test('the diagnostics report is shown and copied; what happens is in a file', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await server.rest('POST', '/contacts', { first_name: 'Quarkelina' });
  await open(page, '/help/diagnostics');
  const report = page.getByTestId('diagnostics');
  await expect(report).toContainText('contacts: about 1');
  await expect(report).not.toContainText('Quarkelina');
  await page.getByRole('button', { name: 'Copy the report' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await report.textContent(),
  );
  // A workflow that cannot be carried out is an error of the log.
  const { body } = await server.rest('POST', '/workflows', {
    name: 'Greet',
    status: 'active',
    trigger_type: 'manual',
    actions: [
      { type: 'update_field', config: { object: 'contact', field: 'job_title', value: 'x' } },
    ],
  });
  await server.rest('POST', `/workflows/${String(Reflect.get(Object(body), 'id'))}/execute`);
  const log = join(server.dataDir, 'logs', 'server.log');
  await expect
    .poll(() => existsSync(log) && readFileSync(log, 'utf8'))
    .toMatch(/^\S+Z error Workflow trigger error: .*Greet/m);
  await page.getByRole('button', { name: 'Make it again' }).click();
  await expect(report).toContainText('1× Workflow trigger error');
});
