import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

/** Runs SQL from another process, as the `sqlite3` shell would. */
function writeFromOutside(file: string, sql: string): void {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  const script = `
    const Database = require(${JSON.stringify(driver)});
    const db = new Database(process.argv[1]);
    db.exec(process.argv[2]);
    db.close();`;
  const result = spawnSync(process.execPath, ['-e', script, file, sql], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
}

test('a change by REST and one by SQL appear without a reload', async ({ page, server }) => {
  const { contactId, workflowId } = await seed(server);
  await open(page, '/contacts');
  await expect(page.getByText('Anna Berg').first()).toBeVisible();
  await server.rest('PATCH', `/contacts/${contactId}`, { last_name: 'Lindqvist' });
  await expect(page.getByText('Anna Lindqvist').first()).toBeVisible();

  await open(page, '/workflows');
  await expect(page.getByText('Follow up on new deals')).toBeVisible();
  writeFromOutside(
    server.databaseFile,
    `UPDATE workflows SET name = 'Renamed by SQL' WHERE id = '${workflowId}'`,
  );
  await expect(page.getByText('Renamed by SQL')).toBeVisible();
  await expect(page.getByText('Follow up on new deals')).toBeHidden();
});

test('a workflow made illegal by SQL says so, with its reason', async ({ page, server }) => {
  const { workflowId } = await seed(server);
  await open(page, '/workflows');
  writeFromOutside(
    server.databaseFile,
    `UPDATE workflows SET actions = '[{"type": "dance"}]' WHERE id = '${workflowId}'`,
  );
  await expect(page.getByText(/Does not run: .*dance/)).toBeVisible();
});

test.describe('a lost server', () => {
  test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED|Failed to load resource|ERR_/] });

  test('shows a banner and comes back by itself, with what happened meanwhile', async ({
    page,
    server,
  }) => {
    await seed(server);
    await open(page, '/contacts');
    await expect(page.getByText('Anna Berg').first()).toBeVisible();
    await server.kill();
    await expect(page.getByTestId('connection-banner')).toBeVisible();
    await expect(page.getByText('Anna Berg').first()).toBeVisible();
    await server.start();
    await expect(page.getByTestId('connection-banner')).toBeHidden({ timeout: 20_000 });
    await server.rest('POST', '/contacts', { first_name: 'Later', last_name: 'Guest' });
    await expect(page.getByText('Later Guest').first()).toBeVisible();
  });
});
