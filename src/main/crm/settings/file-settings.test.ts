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
    time_zone: null,
    holidays: [],
    week_start: 'monday',
    quiet_hours: null,
    no_network: false,
    mail_hold_seconds: 30,
    history_days: 365,
    history_megabytes: 1024,
  });
  const changed = {
    theme: 'dark',
    currency: 'USD',
    week_start: 'sunday' as const,
    user_name: 'Jo',
    no_network: true,
    mail_hold_seconds: 0,
    user_email: 'jo@a.de',
    time_zone: 'Asia/Kolkata',
    holidays: ['2026-12-26', '2026-12-25', '2026-12-26'],
  };
  expect(await client.settings.update({ ...changed, theme: 'dark' })).toEqual({
    ...changed,
    holidays: ['2026-12-25', '2026-12-26'],
    language: 'en',
    quiet_hours: null,
    history_days: 365,
    history_megabytes: 1024,
  });
  expect(await client.settings.update({ time_zone: null, holidays: [] })).toMatchObject({
    time_zone: null,
    holidays: [],
  });
  expect(await client.settings.update({ user_email: '' })).toMatchObject({ user_email: null });
});

test('a setting that is not valid changes nothing', async () => {
  const { client } = createTestCore({ start: false });
  const before = await client.settings.get();
  await expect(
    client.settings.update({ theme: 'dark', user_name: 'Jo', currency: 'EURO' }),
  ).rejects.toMatchObject({ code: 'validation_failed', data: { field: 'currency' } });
  await expect(client.settings.update({ time_zone: 'Mars/Base' })).rejects.toMatchObject({
    code: 'validation_failed',
    data: { field: 'time_zone' },
  });
  await expect(
    client.settings.update({ holidays: ['2026-12-25', '2026-02-30'] }),
  ).rejects.toMatchObject({ code: 'validation_failed', data: { field: 'holidays[1]' } });
  await expect(client.settings.update({ user_name: '  ' })).rejects.toMatchObject({
    code: 'validation_failed',
    data: { field: 'user_name' },
  });
  expect(await client.settings.get()).toEqual(before);
});
