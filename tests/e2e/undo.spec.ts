import { seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('what was done is undone and redone from anywhere, and shown where it happened', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  await open(page, `/contacts/${contactId}`);
  await page.getByRole('button', { name: 'Phone Empty' }).click();
  await page.keyboard.type('+49 30 123456');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Phone +49 30 123456' })).toBeFocused();

  await open(page, '/workflows');
  await expect(page.getByRole('heading', { name: 'Workflows' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('Undone: Anna Berg was changed')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`#/contacts/${contactId}`));
  await expect(page.getByRole('button', { name: 'Phone Empty' })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(page.getByText('Done again: Anna Berg was changed')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Phone +49 30 123456' })).toBeVisible();
});

test('undo says what it left as it was', async ({ page, server }) => {
  const { contactId } = await seed(server);
  await open(page, `/contacts/${contactId}`);
  await page.getByRole('button', { name: 'Phone Empty' }).click();
  await page.keyboard.type('030 1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Phone 030 1' })).toBeFocused();
  await server.rest('PATCH', `/contacts/${contactId}`, { phone: '030 2' });
  await expect(page.getByRole('button', { name: 'Phone 030 2' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('Phone of Anna Berg, changed since')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Phone 030 2' })).toBeVisible();
});

test('a deleted record comes back by the toast, and from the bin', async ({ page, server }) => {
  const { contactId } = await seed(server);
  const remove = async () => {
    await page.getByRole('complementary', { name: 'Anna Berg' }).getByLabel('More').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(page.getByText('Anna Berg is in the bin')).toBeVisible();
  };
  await open(page, `/contacts/${contactId}`);
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('cell', { name: 'Anna Berg', exact: true })).toBeVisible();

  await open(page, `/contacts/${contactId}`);
  await remove();
  await page.keyboard.press('g');
  await page.keyboard.press('b');
  const list = page.getByRole('list', { name: 'Deleted records' });
  await expect(list.getByText('Anna Berg')).toBeVisible();
  await list.getByRole('button', { name: 'Restore Anna Berg' }).click();
  await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible();
  expect((await server.rest('GET', `/contacts/${contactId}`)).status).toBe(200);
});
