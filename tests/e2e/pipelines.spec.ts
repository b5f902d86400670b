import { seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

test('a pipeline is made in Settings, and the board and the lists switch to it', async ({
  page,
  server,
}) => {
  const { dealId } = await seed(server);
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Add pipeline' }).click();
  await page.getByRole('textbox', { name: 'Name of the new pipeline' }).fill('Renewals');
  await page.keyboard.press('Enter');
  const renewals = page.getByRole('region', { name: 'Pipeline Renewals' });
  await renewals.getByRole('button', { name: 'Add a stage to Renewals' }).click();
  await renewals.getByRole('textbox', { name: 'Name of the new stage in Renewals' }).fill('Due');
  await page.keyboard.press('Enter');
  await expect(renewals.getByText('due', { exact: true })).toBeVisible();
  const chance = renewals.getByRole('textbox', { name: 'Chance of Due in percent' });
  await chance.fill('85');
  await chance.press('Enter');
  await expect
    .poll(async () => (await server.rest('GET', '/stages')).body)
    .toContainEqual(
      expect.objectContaining({ slug: 'due', probability: 85, pipeline: 'renewals' }),
    );

  // By keyboard to the other pipeline, by mouse back.
  await open(page, '/deals');
  await expect(page.getByRole('region', { name: 'Qualification' })).toBeVisible();
  await expect(page.getByText('Website relaunch', { exact: true })).toBeVisible();
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Pipeline: Renewals' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Due' })).toBeVisible();
  await expect(page.getByText('Website relaunch', { exact: true })).toBeHidden();
  await page.getByText('Table', { exact: true }).click();
  await expect(page.getByText('Website relaunch', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Pipeline: Renewals' }).click();
  await page.getByRole('menuitem', { name: 'All pipelines' }).click();
  await expect(page.getByText('Website relaunch', { exact: true })).toBeVisible();

  // Another pipeline is a field of the deal like any other.
  await open(page, `/deals/${dealId}`);
  await page.getByRole('button', { name: 'Pipeline Sales' }).click();
  await page.getByRole('option', { name: 'Renewals' }).click();
  await expect(page.getByRole('button', { name: 'Pipeline Renewals' })).toBeVisible();
  await expect
    .poll(async () => (await server.rest('GET', `/deals/${dealId}`)).body)
    .toMatchObject({ pipeline: 'renewals', stage: 'renewals_qualification' });

  // Removing asks where the deal goes, and undo brings it all back.
  await open(page, '/settings');
  await page.getByRole('button', { name: 'Remove Renewals' }).click();
  await page.getByRole('combobox', { name: /^1 deal is in it/ }).click();
  await page.getByRole('option', { name: 'Negotiation' }).click();
  await page.getByRole('button', { name: 'Move and remove' }).click();
  await expect(renewals).toBeHidden();
  expect((await server.rest('GET', `/deals/${dealId}`)).body).toMatchObject({
    pipeline: 'sales',
    stage: 'negotiation',
  });
  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => (await server.rest('GET', `/deals/${dealId}`)).body)
    .toMatchObject({ stage: 'renewals_qualification' });
});
