import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmailTemplate } from '../../../shared/contract/mail.ts';
import { api, queryClient } from '../../api/query.ts';
import { HtmlFrame } from '../../ui/html-frame.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import { SettingLine } from '../settings/setting-line.tsx';
import classes from './mail.module.css';

const refresh = (): void =>
  void queryClient.invalidateQueries({ queryKey: api.email_templates.key() });

/** Texts that email steps can begin with. */
export function EmailTextsSettings() {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const { data, error } = useQuery(api.email_templates.list.queryOptions());
  const remove = useMutation(api.email_templates.remove.mutationOptions({ onSettled: refresh }));
  const [edited, setEdited] = useState<EmailTemplate | 'new' | null>(null);
  return (
    <Section title={t('texts.title')} text={t('texts.text')}>
      {(error ?? remove.error) && <p role="alert">{failureText(error ?? remove.error)}</p>}
      {data?.items.map((item) => (
        <SettingLine
          key={item.id}
          title={<strong>{item.name}</strong>}
          actions={
            <>
              <Button variant="default" size="xs" onClick={() => setEdited(item)}>
                {t('accounts.edit')}
              </Button>
              <Button
                variant="subtle"
                size="xs"
                color="red"
                onClick={() => remove.mutate({ id: item.id })}
              >
                {t('accounts.remove')}
              </Button>
            </>
          }
        >
          <span className={classes.dim}>{item.subject}</span>
        </SettingLine>
      ))}
      <div>
        <Button variant="default" onClick={() => setEdited('new')}>
          {t('texts.add')}
        </Button>
      </div>
      {edited !== null && (
        <TextDialog
          template={edited === 'new' ? null : edited}
          onClose={() => {
            setEdited(null);
            refresh();
          }}
        />
      )}
    </Section>
  );
}

interface TextDialogProps {
  /** Null: a new one. */
  readonly template: EmailTemplate | null;
  readonly onClose: () => void;
}

function TextDialog({ template, onClose }: TextDialogProps) {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const [draft, setDraft] = useState({
    name: template?.name ?? '',
    subject: template?.subject ?? '',
    body: template?.body ?? '',
    html: template?.html ?? '',
  });
  const [contactId, setContactId] = useState<string | null>(null);
  const contacts = useQuery(api.contacts.list.queryOptions({ input: { limit: 50 } }));
  const create = useMutation(api.email_templates.create.mutationOptions({ onSuccess: onClose }));
  const update = useMutation(api.email_templates.update.mutationOptions({ onSuccess: onClose }));
  const content = { ...draft, html: draft.html.trim() === '' ? null : draft.html };
  const { name: _name, ...shown } = content;
  const preview = useQuery(
    api.email_templates.preview.queryOptions({
      input: {
        ...shown,
        record: contactId === null ? null : { object: 'contact', id: contactId },
      },
      enabled: contactId !== null,
    }),
  );
  const error = create.error ?? update.error;
  const field = (name: keyof typeof draft) => ({
    label: t(`texts.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });

  function save(event: FormEvent): void {
    event.preventDefault();
    if (template) update.mutate({ id: template.id, ...content });
    else create.mutate(content);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(template ? 'texts.edit_title' : 'texts.add')}
    >
      <form className={classes.form} onSubmit={save}>
        <TextInput {...field('name')} required data-autofocus />
        <TextInput {...field('subject')} />
        <Textarea {...field('body')} autosize minRows={5} maxRows={14} />
        <Textarea {...field('html')} autosize minRows={2} maxRows={10} />
        <Select
          label={t('texts.preview_for')}
          placeholder={t('texts.preview_choose')}
          clearable
          searchable
          data={contacts.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={contactId}
          onChange={setContactId}
        />
        {preview.error && <p role="alert">{failureText(preview.error)}</p>}
        {preview.data && contactId !== null && (
          <div className={classes.preview}>
            <strong>{preview.data.subject}</strong>
            <pre>{preview.data.text}</pre>
            {preview.data.html !== null && (
              <HtmlFrame title={preview.data.subject} html={preview.data.html} />
            )}
            {preview.data.empty.length > 0 && (
              <span className={classes.warning}>
                {t('texts.empty', { paths: preview.data.empty.join(', ') })}
              </span>
            )}
          </div>
        )}
        {error && <p role="alert">{failureText(error)}</p>}
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('accounts.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || update.isPending}>
            {t('texts.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
