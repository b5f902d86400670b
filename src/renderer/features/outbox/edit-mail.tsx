import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailContent } from '../../../shared/contract/deliveries.ts';
import { describeFailure } from '../../api/errors.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './outbox.module.css';

interface EditMailProps {
  readonly id: string;
  readonly mail: MailContent;
  readonly onDone: () => void;
}

const written = (addresses: MailContent['to']): string =>
  addresses
    .map(({ name, address }) => (name === '' ? address : `"${name}" <${address}>`))
    .join(', ');

/** Changes a mail while it is held; the hold goes on meanwhile. */
export function EditMail({ id, mail, onDone }: EditMailProps) {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const [draft, setDraft] = useState({
    to: written(mail.to),
    cc: written(mail.cc),
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
  });
  const update = useMutation(
    api.outbox.update.mutationOptions({
      onSuccess: onDone,
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.outbox.key() }),
    }),
  );
  const failure = update.error && describeFailure(update.error);
  const errorOf = (field: string): string | null =>
    failure?.field === field ? failure.message : null;
  const change = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part });

  function save(event: FormEvent): void {
    event.preventDefault();
    update.mutate({ id, ...draft });
  }

  return (
    <form className={classes.details} onSubmit={save}>
      <TextInput
        label={t('outbox.to')}
        value={draft.to}
        error={errorOf('to')}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      <TextInput
        label={t('outbox.cc')}
        value={draft.cc}
        error={errorOf('cc')}
        onChange={(event) => change({ cc: event.currentTarget.value })}
      />
      <TextInput
        label={t('outbox.subject')}
        value={draft.subject}
        error={errorOf('subject')}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('outbox.view_text')}
        autosize
        minRows={4}
        maxRows={14}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      {draft.html !== undefined && (
        <Textarea
          label={t('outbox.view_html')}
          autosize
          minRows={4}
          maxRows={14}
          value={draft.html}
          onChange={(event) => change({ html: event.currentTarget.value })}
        />
      )}
      {update.error && (failure?.field ?? null) === null && (
        <p role="alert" className={classes.doubt}>
          {failureText(update.error)}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={update.isPending}>
          {t('outbox.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('outbox.discard')}
        </Button>
      </div>
    </form>
  );
}
