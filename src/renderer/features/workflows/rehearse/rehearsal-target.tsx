import { Button, Progress, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDayTime } from '../../../ui/format.ts';
import { type FoundRecord, useRecordSearch } from '../use-record-search.ts';
import classes from './rehearse.module.css';
import type { RehearsalProgress } from './use-rehearsal.ts';

const periods = ['week', 'month', 'quarter', 'year'] as const;

/** What the user chose to rehearse on; both choices are kept while one is looked at. */
export interface Target {
  readonly kind: 'record' | 'past';
  readonly period: (typeof periods)[number];
  readonly record: FoundRecord | null;
}

interface RehearsalTargetProps {
  readonly target: Target;
  readonly progress: RehearsalProgress | null;
  readonly hasResults: boolean;
  readonly onChange: (target: Target) => void;
  readonly onStart: () => void;
  readonly onStop: () => void;
}

/** On what, and the button; while it is at work how far it is, and the way to end it. */
export function RehearsalTarget(props: RehearsalTargetProps) {
  const { target, progress, hasResults, onChange, onStart, onStop } = props;
  const { t } = useTranslation('workflows');
  return (
    <form
      className={classes.bar}
      onSubmit={(event) => {
        event.preventDefault();
        onStart();
      }}
    >
      <SegmentedControl
        aria-label={t('rehearse.on')}
        value={target.kind}
        data={[
          { value: 'past', label: t('rehearse.on_past') },
          { value: 'record', label: t('rehearse.on_record') },
        ]}
        onChange={(kind) => onChange({ ...target, kind: kind === 'record' ? 'record' : 'past' })}
      />
      {target.kind === 'past' ? (
        <Select
          className={classes.choice ?? ''}
          aria-label={t('rehearse.period')}
          value={target.period}
          allowDeselect={false}
          data={periods.map((period) => ({
            value: period,
            label: t(`rehearse.periods.${period}`),
          }))}
          onChange={(value) => {
            const period = periods.find((known) => known === value);
            if (period) onChange({ ...target, period });
          }}
        />
      ) : (
        <RecordChoice
          record={target.record}
          onChange={(record) => onChange({ ...target, record })}
        />
      )}
      {progress === null ? (
        <Button type="submit" disabled={target.kind === 'record' && !target.record}>
          {t(hasResults ? 'rehearse.again' : 'rehearse.start')}
        </Button>
      ) : (
        <Button variant="default" onClick={onStop}>
          {t('rehearse.cancel')}
        </Button>
      )}
      {progress && <ProgressLine progress={progress} />}
    </form>
  );
}

function ProgressLine({ progress }: { readonly progress: RehearsalProgress }) {
  const { t } = useTranslation('workflows');
  const { phase, done, total, at } = progress;
  const when = at === null ? '' : formatDayTime(at);
  const value = total === 0 ? 0 : (100 * done) / total;
  return (
    <output className={classes.progress}>
      <Progress
        size="xs"
        value={phase === 'waiting' ? 100 : value}
        aria-label={t('rehearse.tab')}
      />
      <span className={classes.dim}>{t(`rehearse.phases.${phase}`, { done, total, when })}</span>
    </output>
  );
}

function RecordChoice({
  record,
  onChange,
}: {
  readonly record: FoundRecord | null;
  readonly onChange: (record: FoundRecord | null) => void;
}) {
  const { t } = useTranslation('workflows');
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, 150);
  const { records } = useRecordSearch(searched === record?.name ? '' : searched);
  const found =
    record && !records.some(({ id }) => id === record.id) ? [record, ...records] : records;
  const groups = [...new Set(found.map(({ object }) => object))];
  return (
    <Select
      className={classes.choice ?? ''}
      aria-label={t('rehearse.record')}
      placeholder={t('rehearse.find_record')}
      searchable
      nothingFoundMessage={t('rehearse.no_match')}
      value={record ? `${record.object} ${record.id}` : null}
      searchValue={search}
      onSearchChange={setSearch}
      // The server has searched already.
      filter={({ options }) => options}
      data={groups.map((object) => ({
        group: t(`objects_title.${object}`),
        items: found
          .filter((one) => one.object === object)
          .map((one) => ({ value: `${one.object} ${one.id}`, label: one.name })),
      }))}
      onChange={(value) => {
        const chosen = found.find(({ object, id }) => `${object} ${id}` === value);
        onChange(chosen ?? null);
      }}
    />
  );
}
