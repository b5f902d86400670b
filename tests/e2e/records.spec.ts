import type { Locator, Page } from '@playwright/test';
import { create, seed } from './support/seed.ts';
import { expect, open, test } from './support/test.ts';

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const start = await centre(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  // Past the distance under which it is a click; drop zones appear now.
  await page.mouse.move(start.x + 12, start.y, { steps: 3 });
  const end = await centre(to);
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await page.mouse.up();
}

test.use({ expectedErrors: [/422/] });

test('a contact is edited where it stands; a wrong value stays to be mended', async ({
  page,
  server,
}) => {
  const { contactId } = await seed(server);
  await open(page, `/contacts/${contactId}`);
  const phone = page.getByRole('button', { name: 'Phone Empty' });
  await phone.click();
  await page.keyboard.type('+49 30 123456');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Phone +49 30 123456' })).toBeFocused();
  await expect
    .poll(async () => (await server.rest('GET', `/contacts/${contactId}`)).body)
    .toMatchObject({ phone: '+49 30 123456' });

  await page.getByRole('button', { name: /^Email / }).click();
  const email = page.getByRole('textbox', { name: 'Email' });
  await email.fill('not an address');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue('not an address');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Email anna@harbour.example' })).toBeVisible();
});

test.describe('the board', () => {
  test('by mouse: to the next column, then won', async ({ page, server }) => {
    const { dealId } = await seed(server);
    await open(page, '/deals');
    const card = page.locator(`[data-deal-id="${dealId}"]`);
    const proposal = page
      .locator('section[data-stage="proposal"], [data-stage="proposal"]')
      .first();
    await drag(page, card, proposal);
    await expect
      .poll(async () => (await server.rest('GET', `/deals/${dealId}`)).body)
      .toMatchObject({ stage: 'proposal' });
    await expect(proposal.locator(`[data-deal-id="${dealId}"]`)).toBeVisible();

    await drag(page, card, page.locator('[data-stage="won"]'));
    await expect
      .poll(async () => (await server.rest('GET', `/deals/${dealId}`)).body)
      .toMatchObject({ stage: 'won' });
    await expect(card).toBeHidden();
  });

  test('by keyboard: Space lifts, the arrow moves, Space drops', async ({ page, server }) => {
    const { dealId } = await seed(server);
    await open(page, '/deals');
    const card = page.locator(`[data-deal-id="${dealId}"]`);
    await card.focus();
    await page.keyboard.press('Space');
    await expect(card).toHaveAttribute('aria-pressed', 'true');
    await page.keyboard.press('ArrowRight');
    // What a screen reader hears: by then the board knows where the card is.
    const said = page.getByRole('status').filter({ hasText: /^Website relaunch.*Proposal/ });
    await expect(said).toBeAttached();
    await page.keyboard.press('Space');
    await expect
      .poll(async () => (await server.rest('GET', `/deals/${dealId}`)).body)
      .toMatchObject({ stage: 'proposal' });
  });
});

test('a task is ticked with X and with the mouse', async ({ page, server }) => {
  const { taskId, contactId } = await seed(server);
  const second = await create(server, '/activities', {
    type: 'task',
    title: 'Send the offer',
    contact_id: contactId,
  });
  await open(page, '/tasks');
  await page.getByRole('checkbox', { name: /Send the offer/ }).click();
  await expect
    .poll(async () => (await server.rest('GET', `/activities/${second}`)).body)
    .toMatchObject({ completed_at: expect.any(String) });

  await page
    .getByRole('button', { name: /Call Anna about the menu/ })
    .last()
    .focus();
  await page.keyboard.press('x');
  await expect
    .poll(async () => (await server.rest('GET', `/activities/${taskId}`)).body)
    .toMatchObject({ completed_at: expect.any(String) });
});

test('the palette finds records and screens', async ({ page, server }) => {
  await seed(server);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByPlaceholder('Search records, screens and commands')).toBeFocused();
  await page.keyboard.type('berg');
  await expect(page.getByRole('button', { name: 'Anna Berg' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/contacts\/.+/);

  // Not a letter is lost that is typed before the palette is there.
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('settings');
  await expect(page.getByPlaceholder('Search records, screens and commands')).toBeFocused();
  await expect(page.getByRole('button', { name: /^Settings/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
});
