import { expect, open, test } from './support/test.ts';

test('two records become one, side by side by field, and undo brings both back', async ({
  page,
  server,
}) => {
  const make = async (fields: object): Promise<string> => {
    const { body } = await server.rest('POST', '/contacts', fields);
    return /"id":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
  };
  const anna = await make({ first_name: 'Anna', last_name: 'Berg', phone: '030 1234567' });
  const goes = await make({
    first_name: 'A.',
    last_name: 'Berg',
    phone: '+49 30 1234567',
    email: 'anna@example.org',
  });
  await server.rest('POST', '/activities', { type: 'task', title: 'Call back', contact_id: goes });

  await open(page, '/contacts');
  await page.getByTestId('list-menu').click();
  await page.getByRole('menuitem', { name: 'Find duplicates…' }).click();
  await expect(page.getByText('Same phone number')).toBeVisible();
  await page.getByRole('button', { name: 'Merge Anna Berg…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge 2 records into one' });
  await dialog.getByRole('radio', { name: 'Anna Berg stays' }).check();
  await dialog.getByRole('radio', { name: 'Phone: +49 30 1234567' }).check();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText('No duplicates')).toBeVisible();
  await expect
    .poll(async () => (await server.rest('GET', `/contacts/${anna}`)).body)
    .toMatchObject({ first_name: 'Anna', phone: '+49 30 1234567', email: 'anna@example.org' });
  expect((await server.rest('GET', `/activities?contact_id=${anna}`)).body).toMatchObject({
    items: [{ title: 'Call back' }],
  });

  await page.keyboard.press('ControlOrMeta+z');
  await expect
    .poll(async () => (await server.rest('GET', `/contacts/${goes}`)).body)
    .toMatchObject({ email: 'anna@example.org' });
  expect((await server.rest('GET', `/activities?contact_id=${goes}`)).body).toMatchObject({
    items: [{ title: 'Call back' }],
  });

  await open(page, '/duplicates');
  await page.getByRole('button', { name: 'Keep Anna Berg apart' }).click();
  await expect(page.getByText('No duplicates')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByText('Same phone number')).toBeVisible();
});
