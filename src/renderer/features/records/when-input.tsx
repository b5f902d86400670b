import { DateInput, type DateInputProps } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import { api } from '../../api/query.ts';
import { firstDayOfWeek } from '../../ui/first-day-of-week.ts';
import { parseWhen } from './parse-when.ts';

interface WhenInputProps extends Omit<DateInputProps, 'value' | 'onChange'> {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string | null) => void;
  /** A day clicked in the calendar: a decision, unlike a text that is still being typed. */
  readonly onPicked: (value: string | null) => void;
}

/** When nobody says a time, a working day begins. */
const usualTime = '09:00:00';

/** `2026-12-31 09:00:00` of this machine's clock, which the calendar speaks. */
function toCalendar(value: string): string | null {
  if (value === '') return null;
  const date = new Date(value);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

/** Midnight means that a day was given without its time. */
function fromCalendar(text: string | null, before: string | null): string | null {
  if (!text) return null;
  const [day = '', time = '00:00:00'] = text.split(' ');
  const said = time === '00:00:00' ? (before?.split(' ')[1] ?? usualTime) : time;
  return new Date(`${day}T${said}`).toISOString();
}

/** A date, or a date and time, typed as people say it or picked from a calendar. */
export function WhenInput({ field, value, onChange, onPicked, ...props }: WhenInputProps) {
  const { t } = useTranslation('records');
  const { data: settings } = useQuery(api.settings.get.queryOptions());
  const clicked = useRef(false);
  const withTime = field.type === 'datetime';
  const shown = withTime ? toCalendar(value) : value || null;

  return (
    <DateInput
      {...props}
      size="sm"
      clearable
      withTime={withTime}
      valueFormat={withTime ? 'D MMM YYYY HH:mm' : 'D MMM YYYY'}
      placeholder={t(withTime ? 'when_hint' : 'day_hint')}
      dateParser={(typed) => {
        const when = parseWhen(typed);
        return withTime ? when : (when?.slice(0, 10) ?? null);
      }}
      highlightToday
      firstDayOfWeek={firstDayOfWeek[settings?.week_start ?? 'monday']}
      // Weekends need no colour, and Tab goes on to the next field instead of to the cross.
      weekendDays={[]}
      clearButtonProps={{ tabIndex: -1, 'aria-label': t('clear') }}
      getDayProps={() => ({
        onClick: () => {
          clicked.current = true;
        },
      })}
      value={shown}
      onChange={(next) => {
        const chosen = withTime ? fromCalendar(next, shown) : next;
        if (clicked.current) onPicked(chosen);
        else onChange(chosen);
        clicked.current = false;
      }}
    />
  );
}
