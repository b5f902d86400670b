import { create, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('Home tells how things stand, and each of its numbers leads to what it counts', async ({
  page,
  server,
}) => {
  const { dealId } = await seed(server);
  await open(page, '/');
  await expect(page.getByRole('region', { name: 'What automation did' })).toBeVisible();
  await open(page, '/contacts');
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await server.rest('PATCH', `/deals/${dealId}`, { stage: 'proposal', expected_close_date: soon });
  await create(server, '/deals', { title: 'Menu cards', value: 900, stage: 'won' });
  await open(page, '/');

  // Half of what is in Proposal is expected to come.
  const pipeline = page.getByRole('region', { name: 'Pipeline' });
  await expect(pipeline.getByText('Weighted forecast')).toBeVisible();
  await expect(pipeline.locator('dd').first()).toHaveText('€2,400');
  await expect(page.getByRole('region', { name: 'Closing soon' })).toContainText(
    'Website relaunch',
  );
  const automation = page.getByRole('region', { name: 'What automation did' });
  await expect(automation).toContainText('since you last looked');

  await pipeline.getByRole('link', { name: /Proposal/ }).click();
  await expect(page.getByText('Website relaunch', { exact: true })).toBeVisible();
  await expect(page.getByText('Menu cards', { exact: true })).toBeHidden();
  await page.goBack();
  // By keyboard: the last month of the chart.
  const months = page.getByRole('region', { name: 'Won and lost' }).getByRole('link');
  await expect(months).toHaveCount(12);
  await expect(months.last()).toHaveAccessibleName(/1 won, 0 lost$/);
  await months.last().press('Enter');
  await expect(page.getByText('Menu cards', { exact: true })).toBeVisible();
  await expect(page.getByText('Website relaunch', { exact: true })).toBeHidden();

  await open(page, '/');
  await automation
    .getByRole('link', { name: /Follow up on new deals/ })
    .first()
    .click();
  await expect(page).toHaveURL(/#\/runs\/.+/);
});

test('no two commands of a screen share a shortcut', async ({ page, server }) => {
  const { contactId, workflowId } = await seed(server);
  const paths = [
    '/',
    '/contacts',
    `/contacts/${contactId}`,
    '/deals',
    '/tasks',
    '/tasks?view=all',
    '/workflows',
    `/workflows/${workflowId}`,
    '/runs',
    '/inbox',
    '/settings',
  ];
  const shared: Record<string, string[]> = {};
  for (const path of paths) {
    await open(page, path);
    await expect(page.locator('main h1, main h2').first()).toBeVisible();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(dialog).toBeVisible();
    const keys = await dialog
      .locator('div:has(> span > kbd) > span:last-child')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.querySelectorAll('kbd')].map((key) => key.textContent).join(' ')),
      );
    expect(keys.length).toBeGreaterThan(10);
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
    if (twice.length > 0) shared[path] = twice;
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  expect(shared).toEqual({});
});
