import { seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('a note is written by typing, edited and deleted, and comes back by undo', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  await open(page, `/contacts/${contactId}`);
  const timeline = page.getByRole('list', { name: 'Timeline' });
  await expect(timeline).toBeVisible();
  await page.keyboard.press('n');
  const editor = page.getByRole('textbox', { name: 'Note' });
  await expect(editor).toBeFocused();
  await page.keyboard.type('Likes short mails');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(timeline.getByText('Likes short mails')).toBeVisible();

  await timeline.getByRole('button', { name: 'More about this note' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Likes long mails');
  await page.getByTestId('record-panel').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(timeline.getByText('Likes long mails')).toBeVisible();

  await timeline.getByRole('button', { name: 'More about this note' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(timeline.getByText('Likes long mails')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(timeline.getByText('Likes long mails')).toBeVisible();
});

test('the timeline is filtered, and leads a record back to what it was', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  await server.rest('PATCH', `/contacts/${contactId}`, { phone: '030 1' });
  await open(page, `/contacts/${contactId}`);
  const timeline = page.getByRole('list', { name: 'Timeline' });
  await page.getByRole('button', { name: 'Changes', exact: true }).click();
  await expect(timeline.getByText('030 1')).toBeVisible();
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await expect(page.getByText('No notes yet')).toBeVisible();
  await page.getByTestId('record-panel').getByRole('button', { name: 'All', exact: true }).click();

  await timeline.getByRole('button', { name: 'See the record as of then' }).last().click();
  const dialog = page.getByRole('dialog', { name: 'Anna Berg as of then' });
  await expect(dialog.getByText('Phone')).toBeVisible();
  await dialog.getByRole('button', { name: 'Go back to these values' }).click();
  await expect(page.getByRole('button', { name: 'Phone Empty' })).toBeVisible();
});
