import { NumberInput, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app.ts';
import { api } from '../../api/query.ts';
import { formatDay } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from './section.tsx';
import classes from './settings.module.css';
import { useUpdateSettings } from './use-update-settings.ts';

const budgets = ['history_days', 'history_megabytes'] as const;

/** How much history is kept, and how much there is. */
export function HistorySettings({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation('settings');
  return (
    <Section title={t('history')} text={t('history_text')}>
      {budgets.map((name) => (
        <Budget key={`${name} ${settings[name]}`} name={name} value={settings[name]} />
      ))}
      <Size />
    </Section>
  );
}

function Budget({
  name,
  value,
}: {
  readonly name: (typeof budgets)[number];
  readonly value: number;
}) {
  const { t } = useTranslation('settings');
  const update = useUpdateSettings();
  const failureText = useFailureText();
  const [typed, setTyped] = useState<number | string>(value);

  function save(): void {
    if (typed === value) return;
    if (typeof typed !== 'number' || typed < 1) {
      setTyped(value);
      return;
    }
    const onError = (error: unknown): void => {
      setTyped(value);
      notifications.show({ color: 'red', message: failureText(error) });
    };
    update.mutate({ [name]: typed }, { onError });
  }

  return (
    <NumberInput
      label={t(name)}
      value={typed}
      min={1}
      allowDecimal={false}
      thousandSeparator=","
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}

function Size() {
  const { t, i18n } = useTranslation('settings');
  const history = useQuery(api.system.history.queryOptions());
  if (history.isPending) return <Skeleton width={200} height={14} />;
  if (!history.data) return null;
  const { bytes, oldest_at: since } = history.data;
  const size = new Intl.NumberFormat(i18n.language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1_048_576);
  return (
    <p className={classes.text}>
      {since === null ? t('history_none') : t('history_now', { size, since: formatDay(since) })}
    </p>
  );
}
