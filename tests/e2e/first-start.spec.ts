import { expect, test } from './support/test.ts';

test('from an empty file to a run that can be read, the deal created with the keyboard alone', async ({
  page,
}) => {
  await expect(page.getByRole('heading', { name: 'Welcome to Trellis' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load sample data' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Welcome to Trellis' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Pipeline' })).toBeVisible();

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New deal' });
  await expect(dialog.getByLabel('Title')).toBeFocused();
  await page.keyboard.type('Lighthouse rebrand');
  await page.keyboard.press('Tab');
  await page.keyboard.type('7500');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Deal created')).toBeVisible();
  // What the workflow says of it.
  await expect(
    page.getByRole('alert').filter({ hasText: 'Lighthouse rebrand' }).nth(1),
  ).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { name: 'Tasks', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /Lighthouse rebrand/ }).first()).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('r');
  const row = page.getByRole('row').filter({ hasText: 'Lighthouse rebrand' }).first();
  await expect(row.getByText('Succeeded')).toBeVisible();
  await row.getByRole('link').last().press('Enter');
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps.getByRole('listitem').first()).toContainText('Done');
  await expect(steps.getByRole('region', { name: 'Input' }).first()).toContainText(
    'Lighthouse rebrand',
  );
});

test('an empty start leads to Home, whose empty parts say what to do', async ({ page }) => {
  await page.getByRole('button', { name: 'Start empty' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome to Trellis' })).toBeHidden();
  await expect(page.getByText('Nothing is due today.')).toBeVisible();
});
