import { seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('a field made in Settings is there at once, in the panel, the form and conditions', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Add field' }).click();
  const form = page
    .locator('form, section')
    .filter({ has: page.getByRole('combobox', { name: 'Holds' }) });
  await form.last().getByRole('textbox', { name: 'Name', exact: true }).fill('Shirt size');
  await page.getByRole('combobox', { name: 'Holds' }).click();
  await page.getByRole('option', { name: 'One choice' }).click();
  const choices = page.getByRole('combobox', { name: 'Choices' });
  await choices.fill('small');
  await choices.press('Enter');
  await choices.fill('large');
  await choices.press('Enter');
  await page.getByRole('button', { name: 'Create field' }).click();
  await expect(page.getByText('cf_shirt_size')).toBeVisible();

  await open(page, `/contacts/${contactId}`);
  await page.getByRole('button', { name: 'Shirt size Empty' }).click();
  await page.getByRole('option', { name: 'large' }).click();
  await expect(page.getByRole('button', { name: 'Shirt size large' })).toBeVisible();
  await expect
    .poll(async () => (await server.rest('GET', `/contacts/${contactId}`)).body)
    .toMatchObject({ cf_shirt_size: 'large' });

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New contact' });
  await expect(dialog.getByRole('combobox', { name: 'Shirt size' })).toBeVisible();
  await page.keyboard.press('Escape');

  await open(page, '/settings');
  await page.getByRole('button', { name: 'Retire Shirt size' }).click();
  await expect(page.getByRole('button', { name: 'Use again' })).toBeVisible();
  await open(page, `/contacts/${contactId}`);
  await expect(page.getByRole('button', { name: /^Email anna/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Shirt size/ })).toBeHidden();
});
