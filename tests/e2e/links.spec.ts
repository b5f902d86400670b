import { create, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('a person is added to a deal with a role, becomes the first, and undo takes it back', async ({
  page,
  server,
}) => {
  const { dealId, contactId } = await seed(server);
  const benId = await create(server, '/contacts', { first_name: 'Ben', last_name: 'Okafor' });
  await open(page, `/deals/${dealId}`);
  const people = page.getByRole('region', { name: 'Website relaunch' }).or(page.locator('aside'));
  await expect(people.getByText('Primary')).toBeVisible();
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('combobox', { name: 'Contact', exact: true }).fill('Ben');
  await page.getByRole('option', { name: 'Ben Okafor' }).click();
  await page.getByRole('textbox', { name: 'Role' }).fill('Pays');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pays', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Actions for the link to Ben Okafor' }).click();
  await page.getByRole('menuitem', { name: 'Make primary' }).click();
  await expect(page.getByText('Primary · Pays')).toBeVisible();
  expect((await server.rest('GET', `/deals/${dealId}`)).body).toMatchObject({ contact_id: benId });
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Pays', { exact: true })).toBeVisible();
  expect((await server.rest('GET', `/deals/${dealId}`)).body).toMatchObject({
    contact_id: contactId,
  });
});
