import type { Page } from '@playwright/test';
import { create, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';
import type { TestServer } from './support/start-server.ts';

/** Six contacts beside Anna, three of them in Bern. */
async function people(server: TestServer): Promise<void> {
  await seed(server);
  for (const [index, name] of ['Ben', 'Clara', 'Dora', 'Emil', 'Fritz', 'Gina'].entries()) {
    await create(server, '/contacts', {
      first_name: name,
      last_name: 'Zorn',
      job_title: index % 2 === 0 ? 'Baker' : 'Roofer',
    });
  }
}

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const names = (page: Page) => page.locator('tbody tr[data-row-id] td:nth-child(2)').allInnerTexts();

test('a view by mouse: filter, sort, columns, saved, pinned, found in the sidebar, deleted and had back', async ({
  page,
  server,
}) => {
  await people(server);
  await open(page, '/contacts');
  await expect(rowOf(page, 'Gina Zorn')).toBeVisible();

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Job title' }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('bäker');
  await expect(rowOf(page, 'Ben Zorn')).toBeVisible();
  await expect(rowOf(page, 'Clara Zorn')).toBeHidden();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await expect.poll(async () => (await names(page)).at(0)).toContain('Ben');
  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await expect.poll(async () => (await names(page)).at(0)).toContain('Fritz');

  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('checkbox', { name: 'Phone' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toBeHidden();
  const email = page.getByRole('separator', { name: 'Width of Email' });
  const before = Number(await email.getAttribute('aria-valuenow'));
  await email.focus();
  await page.keyboard.press('ArrowRight');
  await expect(email).toHaveAttribute('aria-valuenow', String(before + 16));

  await page.getByRole('button', { name: 'Save view', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Bakers');
  await page.getByRole('checkbox', { name: 'Pin to the sidebar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('button', { name: 'Actions for the view Bakers' })).toBeVisible();
  await open(page, '/');
  await page.getByRole('region', { name: 'Pinned views' }).getByText('Bakers').click();
  await expect(rowOf(page, 'Fritz Zorn')).toBeVisible();
  await expect(rowOf(page, 'Clara Zorn')).toBeHidden();

  await page.getByRole('button', { name: 'Actions for the view Bakers' }).click();
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await expect(rowOf(page, 'Clara Zorn')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(
    page.getByRole('region', { name: 'Pinned views' }).getByText('Bakers'),
  ).toBeVisible();
});

test('rows by keyboard alone: move, select, extend, edit in place, peek, tag many, undo', async ({
  page,
  server,
}) => {
  await people(server);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(rowOf(page, 'Gina Zorn')).toBeVisible();

  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused();
  await page.keyboard.type('gina@zorn.example');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Phone' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'gina@zorn.example')).toBeVisible();

  await page.keyboard.press('Space');
  await expect(page.getByTestId('record-panel')).toContainText('Gina Zorn');
  await page.keyboard.press('j');
  await expect(page.getByTestId('record-panel')).toContainText('Fritz Zorn');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('record-panel')).toBeHidden();

  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByTestId('selection-bar')).toContainText('3 selected');
  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tag 3 records' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Tags' }).focus();
  await page.keyboard.type('vip');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Change 3 records' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 records changed')).toBeVisible();
  await expect(page.locator('tbody').getByText('vip')).toHaveCount(3);
  await expect(page.getByTestId('selection-bar')).toBeHidden();

  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.locator('tbody').getByText('vip')).toHaveCount(0);

  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const shortcut of ['Select the row', 'Edit the row where it stands', 'Filter the list'])
    await expect(list.getByText(shortcut)).toBeVisible();
});

test('all matching by mouse: a field of them is changed, then they are deleted and brought back', async ({
  page,
  server,
}) => {
  await people(server);
  await open(page, '/contacts');
  await page.getByRole('textbox', { name: 'Filter contacts' }).fill('zorn');
  await expect(rowOf(page, 'Anna Berg')).toBeHidden();
  await page.getByRole('checkbox', { name: 'Select Gina Zorn' }).click();
  await page.getByRole('button', { name: 'Select all 6' }).click();
  await expect(page.getByTestId('selection-bar')).toContainText('6 selected');
  await page.getByTestId('selection-bar').getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Job title' }).click();
  await page.getByRole('textbox', { name: 'New value' }).fill('Glazier');
  await page.getByRole('button', { name: 'Change 6 records' }).click();
  await expect(page.locator('tbody').getByText('Glazier')).toHaveCount(6);

  await page.getByRole('checkbox', { name: 'Select all rows' }).click();
  await page.getByTestId('selection-bar').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 6 records' }).click();
  await expect(page.getByText('Nothing matches “zorn”')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rowOf(page, 'Gina Zorn')).toBeVisible();
});

test('groups, a board of a choice, and the calendar with a task dragged to another day', async ({
  page,
  server,
}) => {
  const { taskId } = await seed(server);
  // In the middle of the month and of the day, so that the days around it are on the screen.
  const month = new Date().toISOString().slice(0, 7);
  await server.rest('PATCH', `/activities/${taskId}`, {
    due_at: `${month}-14T12:30:00.000Z`,
    priority: 'high',
  });
  await open(page, '/tasks');
  await page.getByRole('navigation', { name: 'Views' }).getByText('All').click();
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('combobox', { name: 'Group by' }).click();
  await page.getByRole('option', { name: 'Priority' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('rowheader', { name: /High/ })).toBeVisible();

  await page.getByText('Board', { exact: true }).click();
  const card = page.locator(`[data-card-id="${taskId}"]`);
  await expect(page.getByRole('region', { name: 'High' }).locator(card)).toBeVisible();
  await card.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('[data-over]')).toBeVisible();
  await page.keyboard.press('Space');
  await expect
    .poll(async () => (await server.rest('GET', `/activities/${taskId}`)).body)
    .toMatchObject({ priority: 'normal' });

  await page.getByText('Calendar', { exact: true }).click();
  const event = page.getByTestId('calendar').getByText('Call Anna about the menu');
  await expect(event).toBeVisible();
  const day = page
    .getByTestId('calendar')
    .getByRole('button', { name: /\b15\b/ })
    .first();
  await event.dragTo(day);
  await expect
    .poll(async () => (await server.rest('GET', `/activities/${taskId}`)).body)
    .toMatchObject({ due_at: `${month}-15T12:30:00.000Z` });
  for (const span of ['Week', 'Agenda', 'Month'])
    await page.getByTestId('calendar').getByText(span, { exact: true }).click();
  await event.click();
  await expect(page.getByTestId('record-panel')).toContainText('Call Anna about the menu');
});

test('search: names at once, words and near misses a moment later, all by keyboard', async ({
  page,
  server,
}) => {
  await people(server);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByPlaceholder('Search records, screens and commands')).toBeFocused();
  await page.keyboard.type('brg an');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('berg an');
  await expect(page.getByRole('button', { name: /Anna Berg/ })).toBeVisible();
  await page.getByRole('button', { name: /See all results/ }).click();
  await expect(page).toHaveURL(/#\/search\?q=berg/);
  const results = page.getByTestId('search-results');
  await expect(results.getByRole('link', { name: /Anna Berg/ })).toBeVisible();

  const input = page.getByRole('textbox', { name: 'Search' });
  await input.fill('websit');
  await expect(results.getByRole('link', { name: /^Website relaunch/ })).toBeVisible();
  await input.fill('websiet');
  await expect(results.getByRole('region', { name: 'Spelt almost so' })).toBeVisible();
  await input.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/deals\/.+/);
  await expect(page.getByTestId('record-panel')).toContainText('Website relaunch');
});
