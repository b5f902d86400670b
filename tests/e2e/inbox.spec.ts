import { create } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('the Inbox: read, put off, done with and taken back', async ({ page, server }) => {
  await create(server, '/workflows', {
    name: 'Tell me',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [
      { type: 'send_notification', config: { title: '{{contact_name}} is new', message: 'Hello' } },
    ],
  });
  for (const first_name of ['Ada', 'Bea', 'Cleo']) {
    await create(server, '/contacts', { first_name });
  }
  await open(page, '/inbox');
  const list = page.getByRole('main').getByRole('listitem');
  const filters = page.getByRole('radiogroup', { name: 'Show' });
  await expect(list).toHaveCount(3);
  await expect(filters.getByText('3 unread')).toBeVisible();

  await page.getByRole('button', { name: 'Snooze “Cleo is new”' }).click();
  await page.getByRole('menuitem', { name: 'Until tomorrow, 09:00' }).click();
  await expect(list).toHaveCount(2);
  await page.getByRole('button', { name: 'Mark “Bea is new” as done' }).click();
  await expect(list).toHaveCount(1);
  await expect(filters.getByText('1 unread')).toBeVisible();

  await filters.getByText('Snoozed').click();
  await expect(list).toHaveCount(1);
  await expect(list).toContainText('Until');
  await page.getByRole('button', { name: 'Back to the Inbox: “Cleo is new”' }).click();
  await expect(page.getByText('Nothing is put off')).toBeVisible();
  await filters.getByText('Done').click();
  await expect(list).toContainText('Bea is new');
  await page.getByRole('button', { name: 'Back to the Inbox: “Bea is new”' }).click();
  await expect(page.getByText('Nothing is done yet')).toBeVisible();

  await filters.getByText('Inbox').click();
  await page.getByRole('switch', { name: 'Group by workflow' }).check();
  await expect(page.getByRole('region', { name: 'Tell me' }).getByRole('listitem')).toHaveCount(3);
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await expect(filters.getByText('Unread', { exact: true })).toBeVisible();
});
