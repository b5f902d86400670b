import { expect, test } from './support/test.ts';

test.use({ expectedErrors: [/401/] });

test('without a code the page asks for the token, says where it is, and takes the right one', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page.getByText('the file “token”', { exact: false })).toBeVisible();
  await page.getByRole('textbox', { name: 'Token' }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This token is not the one', { exact: false })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Token' })).toHaveValue('wrong');
  await page.getByRole('textbox', { name: 'Token' }).fill(server.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('navigation')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('navigation')).toBeVisible();
  await context.close();
});

test('the code of the link works once and leaves the address', async ({ browser, server }) => {
  const url = await server.signInUrl();
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(url);
  await expect(page.getByRole('navigation')).toBeVisible();
  expect(page.url()).not.toContain('code=');
  const second = await browser.newContext();
  const other = await second.newPage();
  await other.goto(url);
  await expect(other.getByRole('textbox', { name: 'Token' })).toBeVisible();
  await first.close();
  await second.close();
});
