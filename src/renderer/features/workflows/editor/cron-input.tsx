import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nextScheduleTime, scheduleFault } from '../../../../shared/workflow/schedule-time.ts';
import { formatDayTime } from '../../../ui/format.ts';
import {
  type CronDraft,
  type CronPreset,
  cronPresets,
  readCron,
  writeCron,
} from '../model/cron-draft.ts';
import { scheduleInWords } from '../model/trigger-words.ts';
import { useWorkflowText } from '../use-words.ts';
import { TimeInput } from './time-input.tsx';

interface CronInputProps {
  readonly id: string;
  readonly value: string;
  readonly timeZone: string;
  readonly error: string | undefined;
  readonly onChange: (cron: string) => void;
}

const weekdays = ['1', '2', '3', '4', '5', '6', '0'] as const;
const days = Array.from({ length: 31 }, (_, index) => String(index + 1));

/** A schedule: a preset in words, or the five parts themselves. */
export function CronInput({ id, value, timeZone, error, onChange }: CronInputProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const [custom, setCustom] = useState(false);
  const [openedAt] = useState(() => Date.now());
  const read = readCron(value);
  const preset: CronPreset | null =
    value === '' && !custom ? null : custom ? 'custom' : read.preset;
  const write = (change: Partial<CronDraft>): void => {
    const cron = writeCron({ ...read, ...change });
    if (cron !== null) onChange(cron);
  };
  const next =
    value !== '' && scheduleFault(value) === null
      ? nextScheduleTime(value, timeZone, openedAt)
      : null;
  const nextWords =
    next === null
      ? ''
      : t('editor.cron_next', { when: formatDayTime(new Date(next).toISOString()) });

  return (
    <>
      <Select
        id={preset === 'custom' ? `${id}-preset` : id}
        label={t('editor.cron_preset')}
        withAsterisk
        allowDeselect={false}
        placeholder={t('editor.choose')}
        data={cronPresets.map((one) => ({ value: one, label: t(`editor.cron_presets.${one}`) }))}
        value={preset}
        error={preset === 'custom' ? undefined : error}
        description={preset === 'custom' ? undefined : nextWords}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(chosen) => {
          const found = cronPresets.find((one) => one === chosen);
          setCustom(found === 'custom');
          if (found) write({ preset: found });
        }}
      />
      {preset === 'weekly' && (
        <Select
          label={t('editor.cron_weekday')}
          data={weekdays.map((day) => ({ value: day, label: text(`words.schedule.days.${day}`) }))}
          value={read.weekday}
          allowDeselect={false}
          onChange={(weekday) => weekday && write({ weekday })}
        />
      )}
      {preset === 'monthly' && (
        <Select
          label={t('editor.cron_day')}
          data={days}
          value={read.day}
          allowDeselect={false}
          onChange={(day) => day && write({ day })}
        />
      )}
      {preset !== null && preset !== 'custom' && preset !== 'hourly' && (
        <TimeInput
          id={`${id}-time`}
          label={t('editor.cron_time')}
          value={read.time}
          error={undefined}
          onChange={(time) => time !== '' && write({ time })}
        />
      )}
      {preset === 'custom' && (
        <TextInput
          id={id}
          label={t('editor.cron')}
          placeholder={t('editor.cron_example')}
          withAsterisk
          value={value}
          error={error}
          description={t('editor.cron_help', {
            words:
              value === ''
                ? ''
                : [`${sentence(scheduleInWords(value, text))}.`, nextWords].join(' '),
          })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
