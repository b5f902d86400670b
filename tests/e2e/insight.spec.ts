import { create, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('failed runs need attention until they are mended; their figures lead to them; each says why', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  const failing = await create(server, '/workflows', {
    name: 'Name the contact',
    status: 'active',
    trigger_type: 'deal_created',
    actions: [
      { type: 'update_field', config: { object: 'contact', field: 'job_title', value: 'Client' } },
    ],
  });
  const dealId = await create(server, '/deals', { title: 'Nobody’s deal' });

  const badge = page
    .getByRole('navigation')
    .first()
    .getByRole('link', { name: /^Needs attention\s*1$/ });
  await badge.click();
  const failed = page.getByRole('region', { name: 'Failed runs' });
  await expect(failed.getByRole('listitem')).toContainText('Name the contact');
  await failed.getByRole('button', { name: 'Put aside' }).click();
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await server.rest('PATCH', `/deals/${dealId}`, { contact_id: contactId });

  await open(page, `/analytics?workflow=${failing}`);
  await expect(page.getByText('Failures by step and reason')).toBeVisible();
  await page.getByRole('link', { name: /^Name the contact: Update field/ }).click();
  await expect(page.getByText('Failed at step_1')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Nobody’s deal' })).toHaveCount(1);

  await open(page, `/workflows/${failing}?tab=runs`);
  await page.getByRole('button', { name: 'Not running?' }).click();
  const checks = page.getByRole('region', { name: 'Not running?' });
  await expect(checks).toContainText('It is on.');
  await checks.getByRole('button', { name: 'Retry failed runs' }).click();
  await expect(checks).toContainText('No run has failed or waits for you.');

  await open(page, `/deals/${dealId}`);
  const panel = page.getByTestId('record-panel');
  await panel.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: 'Why did a workflow (not) run?' }).click();
  const why = page.getByRole('dialog', { name: 'Why did a workflow (not) run?' });
  await why.getByRole('combobox', { name: 'Workflow' }).click();
  await page.getByRole('option', { name: 'Name the contact' }).click();
  await expect(why).toContainText('It started a run.');
});
