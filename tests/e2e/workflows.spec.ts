import { create, followUp, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('built by mouse, turned on, triggered over REST, its run read', async ({ page, server }) => {
  const { contactId } = await seed(server);
  await open(page, '/workflows');
  await page.getByRole('button', { name: 'New workflow' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Celebrate');
  await page.getByRole('combobox', { name: 'Runs when' }).click();
  await page.getByRole('option', { name: 'Deal stage changed' }).click();
  await page.getByRole('combobox', { name: 'To stage' }).click();
  await page.getByRole('option', { name: 'Won', exact: true }).click();

  await page.getByRole('button', { name: 'Add step', exact: true }).click();
  await page.getByRole('menuitem', { name: /Create task/ }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Thank the client for ');
  await page.getByRole('button', { name: 'Insert a variable' }).first().click();
  await page.getByRole('textbox', { name: 'Search variables' }).fill('deal title');
  await expect(page.getByText('Frozen at trigger').first()).toBeVisible();
  await page.getByRole('option', { name: /deal_title/ }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(
    'Thank the client for {{deal_title}}',
  );
  await page.getByRole('combobox', { name: 'Due' }).fill('+2 business days');
  await expect(page.getByText('in 2 business days', { exact: false }).first()).toBeVisible();

  await page.getByRole('button', { name: 'Add step', exact: true }).click();
  await page.getByRole('menuitem', { name: /Update field/ }).click();
  await page.getByRole('combobox', { name: 'Record' }).click();
  await page.getByRole('option', { name: 'Contact' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Job title' }).click();
  await page.getByRole('textbox', { name: 'New value' }).fill('Happy client');
  await expect(page.getByTestId('workflow-words')).toHaveText(
    'When a deal moves to Won, create task “Thank the client for [deal title]” due in 2 business days, then set the contact’s job title to “Happy client”.',
  );

  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('“Celebrate” is on')).toBeVisible();

  const dealId = await create(server, '/deals', { title: 'Menu cards', contact_id: contactId });
  await server.rest('PATCH', `/deals/${dealId}`, { stage: 'won' });
  await page.getByRole('tab', { name: 'Runs' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Menu cards' });
  await expect(row.getByText('Succeeded')).toBeVisible();
  await row.getByText('Succeeded').click();
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps).toContainText('Thank the client for Menu cards');
  const changed = steps.getByRole('region', { name: 'Changed' });
  await expect(changed.locator('ins')).toHaveText('Happy client');
  await expect(changed.locator('del')).toHaveText('empty');
});

test('a save that is refused keeps the form and leads to the fault', async ({ page, server }) => {
  const { workflowId } = await seed(server);
  await open(page, `/workflows/${workflowId}`);
  const due = page.getByRole('combobox', { name: 'Due' });
  await due.fill('in three days');
  await page.getByRole('button', { name: /^Trigger/ }).click();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByText('Not saved: one thing to fix.', { exact: false })).toBeVisible();
  await expect(due).toBeFocused();
  await expect(due).toHaveValue('in three days');
  await expect(
    page
      .getByText('“in three days” is no date', { exact: false })
      .or(page.getByText('"in three days" is no date', { exact: false })),
  ).toBeVisible();

  // Leaving loses nothing either.
  await open(page, '/contacts');
  await open(page, `/workflows/${workflowId}`);
  await expect(due).toHaveValue('in three days');
  await due.fill('+1 week');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('The next run uses this version.', { exact: false })).toBeVisible();
});

test.describe('refused by the server', () => {
  test.use({ expectedErrors: [/4(22|09)/] });

  test('the field it names has the focus and what was typed is there', async ({ page, server }) => {
    const { workflowId } = await seed(server);
    await open(page, `/workflows/${workflowId}`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('x'.repeat(201));
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByText('Not saved', { exact: false }).first()).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
      'x'.repeat(201),
    );
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  });

  test('a workflow that is off says how to run it', async ({ page, server }) => {
    await create(server, '/workflows', { ...followUp, name: 'Asleep', status: 'paused' });
    await open(page, '/workflows');
    await page.getByRole('button', { name: 'More for Asleep' }).click();
    await page.getByRole('menuitem', { name: 'Run now' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(/active|on/i);
  });
});

test('run now, the switch, delete', async ({ page, server }) => {
  await seed(server);
  await open(page, '/workflows');
  await page.getByRole('button', { name: 'More for Follow up on new deals' }).click();
  await page.getByRole('menuitem', { name: 'Run now' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Website relaunch', exact: true }).check();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page).toHaveURL(/#\/runs\/.+/);
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('Website relaunch');

  await open(page, '/workflows');
  const toggle = page.getByRole('switch', { name: 'Follow up on new deals is on' });
  await expect(toggle).toBeChecked();
  await toggle.press('Space');
  await expect(toggle).not.toBeChecked();
  await expect
    .poll(async () => (await server.rest('GET', '/workflows')).body)
    .toMatchObject({ items: [{ status: 'paused' }] });

  await page.getByRole('button', { name: 'More for Follow up on new deals' }).click();
  await page.getByRole('menuitem', { name: 'Delete workflow' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Let Trellis do the repeating work')).toBeVisible();
});

test('the inbox: unread, read, all read, to the record', async ({ page, server }) => {
  const { dealId, contactId } = await seed(server);
  await create(server, '/deals', { title: 'Second', contact_id: contactId });
  await open(page, '/inbox');
  await expect(
    page.getByRole('list', { name: 'Notifications' }).getByText('New deal: Second'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Mark “New deal: Second” as read' }).click();
  await expect(page.getByRole('button', { name: 'Mark “New deal: Second” as read' })).toBeHidden();
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await expect(page.getByRole('button', { name: 'Mark all read' })).toBeHidden();
  await page
    .getByRole('list', { name: 'Notifications' })
    .getByText('New deal: Website relaunch')
    .click();
  await expect(page).toHaveURL(new RegExp(`#/deals/${dealId}`));
});
