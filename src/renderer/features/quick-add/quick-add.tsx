import { Loader, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { formatDay, formatDayTime } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { parseQuickAdd } from './parse-quick-add.ts';
import classes from './quick-add.module.css';

/** When nobody says a time, a working day begins. */
const usualTime = '09:00:00';

/** The whole page of the small window: one line, and how it is understood. */
export function QuickAdd() {
  const { t } = useTranslation('quickAdd');
  const failureText = useFailureText();
  const [typed, setTyped] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  const line = parseQuickAdd(typed);
  const person = useThePerson(line.about);
  const create = useMutation(
    api.activities.create.mutationOptions({
      onSuccess: ({ title }) => {
        setTyped('');
        setAdded(title);
        // In a browser there is no small window to close: the next line can be typed.
        window.close();
      },
    }),
  );

  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') window.close();
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (line.title === '' || create.isPending) return;
    create.mutate({
      type: line.type,
      title: line.title,
      tags: [...line.tags],
      ...(line.due_at === null ? {} : { due_at: instantOf(line.due_at) }),
      ...(person === null ? {} : { contact_id: person.id }),
    });
  }

  return (
    <main className={classes.page}>
      <form onSubmit={submit}>
        <TextInput
          size="md"
          autoFocus
          aria-label={t('label')}
          placeholder={t('placeholder')}
          leftSection={
            create.isPending ? (
              <Loader size={14} />
            ) : (
              <Plus size={16} strokeWidth={1.75} aria-hidden />
            )
          }
          value={typed}
          error={create.error && failureText(create.error)}
          onChange={(event) => {
            create.reset();
            setAdded(null);
            setTyped(event.currentTarget.value);
          }}
        />
      </form>
      <output className={classes.line}>
        {added !== null ? (
          <span>{t('added', { title: added })}</span>
        ) : line.title === '' ? (
          <span>{t('hint')}</span>
        ) : (
          <>
            <span className={classes.part}>{t(`type_${line.type}`)}</span>
            <strong className={classes.title}>{line.title}</strong>
            {person && <span className={classes.part}>{t('about', { name: person.name })}</span>}
            {line.due_at !== null && (
              <span className={classes.part}>{shownMoment(line.due_at)}</span>
            )}
            {line.tags.map((tag) => (
              <span key={tag} className={classes.part}>
                {`#${tag}`}
              </span>
            ))}
          </>
        )}
      </output>
    </main>
  );
}

/** The one contact a name fits; of several the line says nothing, and none is guessed. */
function useThePerson(about: string | null): { id: string; name: string } | null {
  const { data } = useQuery(
    api.contacts.list.queryOptions({
      input: { q: about ?? '', limit: 2 },
      enabled: about !== null && about.length > 1,
      placeholderData: (before) => before,
    }),
  );
  const [person, other] = data?.items ?? [];
  if (about === null || !person || other) return null;
  return { id: person.id, name: person.name };
}

/** Midnight means that a day was said without its time. */
function instantOf(moment: string): string {
  const [day = '', time = ''] = moment.split(' ');
  return new Date(`${day}T${time === '00:00:00' ? usualTime : time}`).toISOString();
}

function shownMoment(moment: string): string {
  const at = instantOf(moment);
  return moment.endsWith('00:00:00') ? formatDay(at) : formatDayTime(at);
}
