import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';
import { create } from './support/seed.ts';
import type { TestServer } from './support/start-server.ts';
import { expect, open, test } from './support/test.ts';

/** The frame's sandbox keeps Playwright's own scripts out too, and the browser tells the console. */
const inSandbox = /Blocked script execution in 'about:srcdoc'/;

/** An account on a server that is not there, and a mail in its hold to Anna. */
async function heldMail(server: TestServer): Promise<void> {
  await create(server, '/mail_accounts', {
    name: 'Studio',
    from_name: 'Mila Studio',
    from_address: 'mila@studio.example',
    host: '127.0.0.1',
    port: 9,
    security: 'none',
  });
  await create(server, '/workflows', {
    name: 'Welcome',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [
      {
        type: 'send_email',
        config: {
          to: '{{contact.email}}',
          subject: 'Welcome, {{contact.name}}',
          body: 'Glad to have you',
          html: '<h1 style="color: rgb(0, 128, 0)">Glad to have you, {{contact.name}}</h1>',
        },
      },
    ],
  });
  await create(server, '/contacts', {
    first_name: 'Anna',
    last_name: 'Berg',
    email: 'anna@berg.example',
  });
}

test.describe('a mail in its hold', () => {
  // The browser tells of the call that is refused, too. One pattern: Playwright takes a list of two for something else.
  test.use({ expectedErrors: [/Blocked script execution in 'about:srcdoc'|status of 422/] });

  test('is read as HTML, changed, taken back', async ({ page, server }) => {
    await heldMail(server);
    // Long, so that the hold is not over before the test is.
    new Database(server.databaseFile)
      .exec("UPDATE deliveries SET next_attempt_at = '2099-01-01T00:00:00.000Z'")
      .close();
    await open(page, '/outbox');
    const row = page.getByRole('list', { name: 'Outbox' }).getByRole('listitem');
    await expect(row).toContainText('To anna@berg.example');
    await expect(row).toContainText('Held');
    await row.getByRole('button', { expanded: false }).click();
    await row.getByRole('radiogroup', { name: 'Shown as' }).getByText('HTML').click();
    const heading = page.frameLocator('iframe').getByRole('heading');
    await expect(heading).toHaveText('Glad to have you, Anna Berg');
    await expect(heading).toHaveCSS('color', 'rgb(0, 128, 0)');

    await row.getByRole('button', { name: 'Edit' }).click();
    await row.getByRole('textbox', { name: 'To' }).fill('nobody');
    await row.getByRole('button', { name: 'Save changes' }).click();
    await expect(row.getByText(/“?nobody”?/).last()).toBeVisible();
    await row.getByRole('textbox', { name: 'To' }).fill('anna@berg.example');
    await row.getByRole('textbox', { name: 'Subject' }).fill('Welcome on board');
    await row.getByRole('button', { name: 'Save changes' }).click();
    await expect(row.getByRole('button', { expanded: true })).toContainText('Welcome on board');

    await row.getByRole('button', { name: 'Do not send' }).click();
    await expect(row).toContainText('Cancelled');
  });
});

test.describe('HTML that got past the cleaning', () => {
  // What the frame and the policy refuse, the browser tells the console.
  test.use({ expectedErrors: [/sandbox|Content Security Policy|CSP/i] });

  test('runs nothing and reaches nobody', async ({ page, server }) => {
    await heldMail(server);
    let calls = 0;
    const outside = createServer((_request, answer) => {
      calls += 1;
      answer.end();
    });
    await new Promise<void>((done) => {
      outside.listen(0, '127.0.0.1', done);
    });
    const { port } = outside.address() as AddressInfo;
    const hostile = `<p>Read me</p><script>top.document.title = 'taken'</script>
      <img src="http://127.0.0.1:${port}/pixel.png" onerror="top.document.title = 'taken'">
      <iframe src="http://127.0.0.1:${port}/frame"></iframe>
      <form action="http://127.0.0.1:${port}/form" method="post"><button>Send</button></form>
      <meta http-equiv="refresh" content="0;url=http://127.0.0.1:${port}/refresh">`;
    const file = new Database(server.databaseFile);
    file
      .prepare(
        "UPDATE deliveries SET content = json_set(content, '$.html', ?), next_attempt_at = '2099-01-01T00:00:00.000Z'",
      )
      .run(hostile);
    file.close();
    await open(page, '/outbox');
    const title = await page.title();
    const row = page.getByRole('list', { name: 'Outbox' }).getByRole('listitem');
    await row.getByRole('button', { expanded: false }).click();
    await row.getByRole('radiogroup', { name: 'Shown as' }).getByText('HTML').click();
    const frame = page.frameLocator('iframe').first();
    await expect(frame.getByText('Read me')).toBeVisible();
    await frame.getByRole('button', { name: 'Send' }).click();
    await expect(frame.getByText('Read me')).toBeVisible();
    expect(await page.title()).toBe(title);
    expect(calls).toBe(0);
    outside.close();
  });
});

test('a web address that refuses: what kind of error it is, try again, its run goes on; the log has both', async ({
  page,
  server,
}) => {
  const statuses = [404, 200];
  const outside = createServer((request, answer) => {
    request.resume();
    answer.writeHead(statuses.shift() ?? 500).end('{}');
  });
  await new Promise<void>((done) => {
    outside.listen(0, '127.0.0.1', done);
  });
  const { port } = outside.address() as AddressInfo;
  await create(server, '/workflows', {
    name: 'Tell the chat',
    status: 'active',
    trigger_type: 'contact_created',
    actions: [
      { type: 'webhook', config: { url: `http://127.0.0.1:${port}/`, body: { text: 'Hello' } } },
      { type: 'create_task', config: { title: 'Told' } },
    ],
  });
  await create(server, '/contacts', { first_name: 'Anna' });
  await open(page, '/outbox');
  await page.getByRole('radiogroup', { name: 'What is shown' }).getByText('Web addresses').click();
  const row = page.getByRole('list', { name: 'Outbox' }).getByRole('listitem');
  await expect(row).toContainText('Failed');
  await row.getByRole('button', { expanded: false }).click();
  await expect(row.getByText('For you to fix: 404 from 127.0.0.1')).toBeVisible();
  await row.getByRole('button', { name: 'Try again' }).click();
  await expect(row).toContainText('Sent');
  await row.getByRole('link', { name: 'View run' }).click();
  await expect(page.getByText('Succeeded').first()).toBeVisible();

  await open(page, '/connections');
  const opened = page.getByRole('list', { name: 'Connections' }).getByRole('listitem');
  await expect(opened.first()).toContainText(`http://127.0.0.1:${port}`);
  await expect(opened.first()).toContainText('Tell the chat');
  outside.close();
});

test.describe('Settings', () => {
  test.use({ expectedErrors: [inSandbox] });

  test('an email account and a text in Settings; "No network" says so in the Outbox', async ({
    page,
    server,
  }) => {
    await create(server, '/contacts', { first_name: 'Anna', email: 'anna@berg.example' });
    await open(page, '/settings');
    await page.getByRole('button', { name: 'Add account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'Fastmail' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Server' })).toHaveValue('smtp.fastmail.com');
    await dialog.getByRole('textbox', { name: 'Email address' }).fill('mila@studio.example');
    await dialog.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1');
    await dialog.getByRole('textbox', { name: 'Port' }).fill('9');
    await dialog.getByRole('button', { name: 'Save account' }).click();
    await expect(dialog).toHaveCount(0);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByText(/127\.0\.0\.1.*9|refused/).last()).toBeVisible();

    await page.getByRole('button', { name: 'Add text' }).click();
    await dialog.getByRole('textbox', { name: 'Name of the text' }).fill('Hello');
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('For {{contact.name}}');
    await dialog.getByRole('textbox', { name: 'Text', exact: true }).fill('Dear {{contact.name}}');
    await dialog.getByRole('textbox', { name: /^HTML/ }).fill('<h2>{{contact.name}}</h2>');
    await dialog.getByRole('combobox', { name: 'Preview for' }).click();
    await page.getByRole('option', { name: 'Anna' }).click();
    await expect(dialog.getByText('Dear Anna')).toBeVisible();
    await expect(dialog.frameLocator('iframe').getByRole('heading')).toHaveText('Anna');
    await dialog.getByRole('button', { name: 'Save text' }).click();
    await expect(page.getByText('For {{contact.name}}')).toBeVisible();

    const network = page.getByRole('switch', { name: 'No network' });
    await network.click();
    await expect(network).toBeChecked();
    await open(page, '/outbox');
    await expect(page.getByText('nothing leaves this computer')).toBeVisible();
  });
});
