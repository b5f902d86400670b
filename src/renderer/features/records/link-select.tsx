import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { recordApi } from './record-api.ts';
import { titleOf } from './record-layout.ts';
import { useRecord } from './use-record.ts';

interface LinkSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  readonly target: ObjectName;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

/** Picks a record by typing part of its name; the server searches. */
export function LinkSelect({ target, value, onChange, ...props }: LinkSelectProps) {
  const { t } = useTranslation('records');
  const [search, setSearch] = useState('');
  const current = useRecord(target, value).data;
  const currentTitle = current ? titleOf(target, current) : '';
  const [query] = useDebouncedValue(search === currentTitle ? '' : search.trim(), 120);
  const { data } = useQuery(
    recordApi(target).list.queryOptions({
      input: { limit: 20, q: query || undefined },
      placeholderData: keepPreviousData,
    }),
  );
  const found = (data?.items ?? []).map((record) => ({
    value: record.id,
    label: titleOf(target, record),
  }));
  const isListed = !value || found.some((option) => option.value === value);

  return (
    <Select
      {...props}
      searchable
      clearable
      value={value}
      onChange={onChange}
      data={isListed || !value ? found : [{ value, label: currentTitle }, ...found]}
      // The server has filtered already; the one chosen before is there for its name only.
      filter={({ options }) =>
        options.filter((option) =>
          found.some((item) => 'value' in option && item.value === option.value),
        )
      }
      // Picking it again keeps it; the cross takes it away.
      allowDeselect={false}
      searchValue={search}
      onSearchChange={setSearch}
      placeholder={props.placeholder ?? t('pick')}
      nothingFoundMessage={t('pick_nothing')}
      clearButtonProps={{ 'aria-label': t('clear') }}
    />
  );
}
