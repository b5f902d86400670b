import { expect, test } from 'vitest';
import { createTestCore } from '../../../../tests/support/test-core.ts';

test('settings of the file and of the computer are read and written together', async () => {
  const { client } = createTestCore({ start: false });
  expect(await client.settings.get()).toEqual({
    theme: 'system',
    language: 'en',
    currency: 'EUR',
    user_name: 'Me',
    user_email: null,
    no_network: false,
    mail_hold_seconds: 30,
  });
  const changed = {
    theme: 'dark',
    currency: 'USD',
    user_name: 'Jo',
    no_network: true,
    mail_hold_seconds: 0,
    user_email: 'jo@a.de',
  } as const;
  expect(await client.settings.update(changed)).toEqual({ ...changed, language: 'en' });
  expect(await client.settings.update({ user_email: '' })).toMatchObject({ user_email: null });
});

test('a setting that is not valid changes nothing', async () => {
  const { client } = createTestCore({ start: false });
  const before = await client.settings.get();
  await expect(
    client.settings.update({ theme: 'dark', user_name: 'Jo', currency: 'EURO' }),
  ).rejects.toMatchObject({ code: 'validation_failed', data: { field: 'currency' } });
  await expect(client.settings.update({ user_name: '  ' })).rejects.toMatchObject({
    code: 'validation_failed',
    data: { field: 'user_name' },
  });
  expect(await client.settings.get()).toEqual(before);
});
