import { expect, open, test } from './support/test.ts';

test('a webhook: made by mouse, called, its run and its refused calls read, its address replaced', async ({
  page,
  server,
}) => {
  await open(page, '/workflows/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Website form');
  await page.getByRole('combobox', { name: 'Runs when' }).click();
  await page.getByRole('option', { name: 'Webhook received' }).click();
  await expect(page.getByText('The address is made when you save.')).toBeVisible();
  await page.getByRole('textbox', { name: 'First name' }).fill('form.first');
  await page.getByRole('textbox', { name: 'Email' }).fill('form.mail');
  await page.getByRole('button', { name: 'Add step', exact: true }).click();
  await page.getByRole('menuitem', { name: /Create task/ }).click();
  await page
    .getByRole('textbox', { name: 'Title' })
    .fill('Call {{contact.name}} about {{trigger.body.topic}}');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('“Website form” is on')).toBeVisible();

  await page.getByRole('button', { name: /^Trigger/ }).click();
  const address = page.locator('code').filter({ hasText: '/api/hooks/' });
  const url = (await address.textContent()) ?? '';
  expect(url).toMatch(new RegExp(`^${server.url}/api/hooks/[\\w-]{43}$`));
  const call = async (body: unknown): Promise<number> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  expect(await call({ form: { first: 'Ada', mail: 'ada@example.com' }, topic: 'an offer' })).toBe(
    202,
  );
  expect(await call({ topic: 'nothing' })).toBe(422);
  const calls = page.getByRole('region', { name: 'Last calls' });
  await expect(calls.getByRole('listitem')).toHaveCount(2);
  await expect(calls).toContainText('The payload has no email at form.mail.');
  await calls.getByRole('listitem').last().locator('summary').click();
  await calls.getByRole('link', { name: 'View run' }).click();
  await expect(page.getByText('Call Ada about an offer').first()).toBeVisible();

  await page.goBack();
  await page.getByRole('button', { name: /^Trigger/ }).click();
  await page.getByRole('button', { name: 'New address' }).click();
  await expect(page.getByText('The old address stops answering at once.')).toBeVisible();
  await page.getByRole('button', { name: 'Make a new one' }).click();
  await expect(address).not.toHaveText(url);
  expect(await call({})).toBe(404);
  await expect(calls).toContainText('This address was replaced');
});

test('a token: made, seen once, used, revoked', async ({ page, server }) => {
  await open(page, '/settings');
  await page.getByRole('textbox', { name: 'Name of the new token' }).fill('Website');
  await page.getByRole('button', { name: 'Create token' }).click();
  const made = page.getByRole('textbox', { name: 'New token', exact: true });
  await expect(made).toHaveValue(/^trellis_/);
  const token = await made.inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(token)).toHaveCount(0);
  const row = page.getByRole('list', { name: 'Tokens' }).getByRole('listitem');
  await expect(row).toContainText('Never used');
  const statusWithToken = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${server.url}/api/deals`, { headers })).status;
  };
  expect(await statusWithToken()).toBe(200);
  await expect(row).toContainText('Used');
  await page.getByRole('button', { name: 'Revoke Website' }).click();
  await expect(page.getByText('No program has a token yet.')).toBeVisible();
  expect(await statusWithToken()).toBe(401);
});

test('quiet hours are kept', async ({ page }) => {
  await open(page, '/settings');
  // Not `check()`: it asks in the same tick, and the switch shows what the settings hold a tick later.
  const quietHours = page.getByRole('switch', { name: 'Quiet hours' });
  await quietHours.click();
  await expect(quietHours).toBeChecked();
  await page.getByLabel('From', { exact: true }).fill('21:30');
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('07:00');
  await page.reload();
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('21:30');
});

test('the page about the API needs no token, and breaks no policy', async ({ page, server }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${server.url}/api/docs`);
  await expect(page.getByRole('heading', { name: 'Trellis API' })).toBeVisible();
  const call = page.locator('details').filter({ hasText: 'Start a workflow by hand' });
  await call.locator('summary').click();
  await expect(call.getByText('"execution_id"')).toBeVisible();
  expect(complaints).toEqual([]);
});
