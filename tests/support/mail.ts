import type { TestCore } from './test-core.ts';

/** An account on a server that is not there: for a mailer of the test's own. */
export async function mailAccount({ client }: Pick<TestCore, 'client'>, more: object = {}) {
  return client.mail_accounts.create({
    name: 'Studio',
    from_name: 'Mila Studio',
    from_address: 'mila@studio.example',
    host: 'mail.studio.example',
    port: 587,
    security: 'starttls',
    rate_per_minute: 10_000,
    ...more,
  });
}

export const email = (
  config: Readonly<Record<string, unknown>> = {},
  more: Record<string, unknown> = {},
) => ({
  type: 'send_email',
  config: { to: '{{contact.email}}', subject: 'Hello {{contact.name}}', body: 'Hi', ...config },
  ...more,
});

export const hook = (
  config: Readonly<Record<string, unknown>> = {},
  more: Record<string, unknown> = {},
) => ({
  type: 'webhook',
  config: { url: 'http://127.0.0.1:9000/hook', body: { name: '{{contact.name}}' }, ...config },
  ...more,
});
