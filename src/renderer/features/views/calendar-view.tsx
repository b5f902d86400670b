import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import type { DayOfWeek } from '@mantine/dates';
import { AgendaView, MonthView, type ScheduleEventData, WeekView } from '@mantine/schedule';
import '@mantine/schedule/styles.css';
import dayjs from 'dayjs';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { useCommands } from '../../commands/registry.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import type { AnyRecord } from '../records/record-api.ts';
import { titleOf } from '../records/record-layout.ts';
import { useUpdateRecord } from '../records/use-record-writes.ts';
import {
  type CalendarSpan,
  calendarSpans,
  onDay,
  shownDays,
  stepped,
  toInstant,
  toLocal,
} from './calendar-span.ts';
import classes from './calendar-view.module.css';
import type { ShownView } from './use-view.ts';
import { useViewRecords } from './use-view-records.ts';
import { calendarField, hasRules } from './view-state.ts';

interface CalendarViewProps {
  readonly view: ShownView;
  readonly query: string | undefined;
  readonly onOpen: (id: string) => void;
}

/** How long something without an end takes in a week, in minutes. */
const shownMinutes = 30;

const noDays: DayOfWeek[] = [];

const taskColors: Readonly<Record<string, string>> = {
  call: 'blue',
  meeting: 'violet',
  email: 'teal',
  task: 'indigo',
};

/** What is over and done with; a grey of ours reads on both schemes, the library's on none. */
const settled = 'var(--status-grey)';

/** Activities by when they are due and deals by when they are to close; dragged to another day or hour they move. */
export function CalendarView({ view, query, onOpen }: CalendarViewProps) {
  const { t, i18n } = useTranslation('views');
  const { object, state } = view;
  const field = calendarField(object) ?? 'due_at';
  const [span, setSpan] = useState<CalendarSpan>('month');
  const [date, setDate] = useState(() => dayjs().format('YYYY-MM-DD'));
  const { from, to } = shownDays(span, date);
  const update = useUpdateRecord(object);
  const list = useViewRecords({
    object,
    q: query,
    sort: { field, direction: 'asc' },
    conditions: withinDays(object, field, state.conditions, from, to),
  });
  const { rows } = list;
  const events = useEvents(object, field, rows);

  useCommands([
    step('previous', 'arrowleft', () => setDate(stepped(span, date, -1))),
    step('next', 'arrowright', () => setDate(stepped(span, date, 1))),
  ]);

  function move(id: string, start: string): void {
    const record = rows.find((one) => one.id === id);
    const before = record?.[field];
    if (!record || typeof before !== 'string') return;
    // A month knows days alone: the time of day stays.
    const local = span === 'month' && field === 'due_at' ? onDay(start, before) : start;
    const value = field === 'due_at' ? toInstant(local) : local.slice(0, 10);
    if (value !== before) update.mutate({ id, patch: { [field]: value } });
  }

  const shared = {
    date,
    events,
    locale: i18n.language,
    withHeader: false,
    firstDayOfWeek: 1 as const,
    // Red is for what went wrong.
    weekendDays: noDays,
    withEventsDragAndDrop: true,
    onEventClick: (event: ScheduleEventData) => onOpen(String(event.id)),
    onEventDrop: ({ eventId, newStart }: { eventId: string | number; newStart: string }) =>
      move(String(eventId), newStart),
  };
  const title = dayjs(date).locale(i18n.language);

  return (
    <section className={classes.calendar} aria-label={t('layouts.calendar')} data-testid="calendar">
      <header className={classes.head}>
        <h2 className={classes.title}>
          {span === 'month'
            ? title.format('MMMM YYYY')
            : `${dayjs(from).format('D MMM')} – ${dayjs(to).format('D MMM YYYY')}`}
        </h2>
        <Tooltip label={t('calendar.previous')}>
          <ActionIcon
            aria-label={t('calendar.previous')}
            onClick={() => setDate(stepped(span, date, -1))}
          >
            <ChevronLeft size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('calendar.next')}>
          <ActionIcon
            aria-label={t('calendar.next')}
            onClick={() => setDate(stepped(span, date, 1))}
          >
            <ChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setDate(dayjs().format('YYYY-MM-DD'))}
        >
          {t('calendar.today')}
        </Button>
        <span className={classes.hint}>
          {list.hasNextPage
            ? t('calendar.too_many', { count: rows.length })
            : span !== 'agenda' && t('calendar.hint')}
        </span>
        <SegmentedControl
          size="xs"
          value={span}
          onChange={(value) => setSpan(value)}
          aria-label={t('calendar.view')}
          data={calendarSpans.map((value) => ({ value, label: t(`calendar.${value}`) }))}
        />
      </header>
      {list.isError ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <div className={classes.body} aria-busy={list.isPending} ref={showToday}>
          {span === 'month' && <MonthView {...shared} maxEventsPerDay={3} />}
          {span === 'week' && (
            <div key={from} ref={nameDaysAsShown}>
              <WeekView
                {...shared}
                startScrollTime="07:00:00"
                weekdayFormat="ddd"
                scrollAreaProps={{ mah: 'calc(100vh - 180px)' }}
              />
            </div>
          )}
          {span === 'agenda' && (
            <AgendaView
              rangeStart={from}
              rangeEnd={to}
              events={events}
              locale={i18n.language}
              onEventClick={shared.onEventClick}
              labels={{ noEvents: t('calendar.empty') }}
              // The span stands above already.
              styles={{ agendaViewHeader: { display: 'none' } }}
            />
          )}
        </div>
      )}
    </section>
  );
}

function step(direction: 'previous' | 'next', shortcut: string, perform: () => void) {
  return {
    id: `calendar_${direction}`,
    label: `views:calendar.${direction}`,
    section: 'view',
    shortcut,
    keyboardOnly: true,
    perform,
  } as const;
}

/** The conditions of the view, and within the days shown. */
function withinDays(
  object: ObjectName,
  field: string,
  conditions: unknown,
  from: string,
  to: string,
): unknown {
  const days = { field: `${object}.${field}`, operator: 'between', value: [from, to] };
  return { combinator: 'and', rules: hasRules(conditions) ? [days, conditions] : [days] };
}

/** On a low window the present week may lie below the fold of its month. */
function showToday(body: HTMLElement | null): void {
  body?.querySelector('[data-today]')?.scrollIntoView({ block: 'center' });
}

/** The library names the days of a week by their dates alone; what is shown names them better, and is what one says. */
function nameDaysAsShown(week: HTMLElement | null): void {
  const days = week?.querySelectorAll('.mantine-WeekView-weekViewDayLabel') ?? [];
  for (const day of days) day.removeAttribute('aria-label');
}

/** The library compares its events by identity. */
function useEvents(object: ObjectName, field: string, rows: readonly AnyRecord[]) {
  return useMemo(
    () => rows.flatMap((record) => toEvent(object, field, record)),
    [object, field, rows],
  );
}

function toEvent(object: ObjectName, field: string, record: AnyRecord): ScheduleEventData[] {
  const value = record[field];
  if (typeof value !== 'string') return [];
  const base = { id: record.id, title: titleOf(object, record) };
  if (field !== 'due_at') {
    const next = dayjs(value).add(1, 'day').format('YYYY-MM-DD');
    const color =
      record['status'] === 'open' ? 'indigo' : record['status'] === 'won' ? 'teal' : settled;
    return [{ ...base, color, start: `${value} 00:00:00`, end: `${next} 00:00:00` }];
  }
  const start = toLocal(value);
  const later = dayjs(value).add(shownMinutes, 'minute');
  // Nothing reaches into the next day, where a month would show it twice.
  const end = later.isSame(dayjs(value), 'day')
    ? toLocal(later.toISOString())
    : `${start.slice(0, 10)} 23:59:00`;
  const color = record['completed_at'] === null ? taskColors[String(record['type'])] : settled;
  return [{ ...base, color: color ?? 'indigo', start, end }];
}
