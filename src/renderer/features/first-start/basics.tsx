import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Settings, weekStarts } from '../../../shared/contract/app.ts';
import classes from './first-start.module.css';

/** What is asked once: all of it can be changed in Settings later. */
export type Basics = Pick<Settings, 'user_name' | 'currency' | 'week_start'>;

interface BasicsFormProps {
  readonly basics: Basics;
  readonly currencies: readonly string[];
  readonly onChange: (basics: Basics) => void;
}

export function BasicsForm({ basics, currencies, onChange }: BasicsFormProps) {
  const { t } = useTranslation('firstStart');
  return (
    <div className={classes.basics}>
      <TextInput
        label={t('name')}
        value={basics.user_name}
        onChange={(event) => onChange({ ...basics, user_name: event.currentTarget.value })}
      />
      <Select
        label={t('currency')}
        value={basics.currency}
        allowDeselect={false}
        searchable
        data={[...currencies]}
        onChange={(currency) => onChange({ ...basics, currency: currency ?? basics.currency })}
      />
      <Select
        label={t('week_start')}
        value={basics.week_start}
        allowDeselect={false}
        data={weekStarts.map((value) => ({ value, label: t(`week_${value}`) }))}
        onChange={(value) => {
          const start = weekStarts.find((known) => known === value);
          if (start) onChange({ ...basics, week_start: start });
        }}
      />
    </div>
  );
}
