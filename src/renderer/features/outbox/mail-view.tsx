import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailContent, WebhookContent } from '../../../shared/contract/deliveries.ts';
import { HtmlFrame } from '../../ui/html-frame.tsx';
import classes from './outbox.module.css';

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  if (value === '') return null;
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function listed(addresses: MailContent['to']): string {
  return addresses
    .map(({ name, address }) => (name === '' ? address : `${name} <${address}>`))
    .join(', ');
}

const views = ['text', 'html'] as const;

/** A mail as it goes out. Its HTML is shown in a frame that may do nothing: no scripts, no links, no network. */
export function MailView({ mail }: { readonly mail: MailContent }) {
  const { t } = useTranslation('delivery');
  const [view, setView] = useState<(typeof views)[number]>('text');
  const { html } = mail;
  return (
    <>
      <dl className={classes.facts}>
        <Fact label={t('outbox.from')} value={listed([mail.from])} />
        <Fact label={t('outbox.to')} value={listed(mail.to)} />
        <Fact label={t('outbox.cc')} value={listed(mail.cc)} />
        <Fact label={t('outbox.bcc')} value={listed(mail.bcc)} />
        <Fact label={t('outbox.reply_to')} value={listed(mail.reply_to)} />
        <Fact
          label={t('outbox.attachments')}
          value={mail.attachment_ids.length === 0 ? '' : String(mail.attachment_ids.length)}
        />
      </dl>
      {html !== null && (
        <SegmentedControl
          className={classes.switch ?? ''}
          size="xs"
          aria-label={t('outbox.view')}
          value={view}
          data={views.map((value) => ({ value, label: t(`outbox.view_${value}`) }))}
          onChange={(value) => setView(views.find((known) => known === value) ?? 'text')}
        />
      )}
      {html !== null && view === 'html' ? (
        <HtmlFrame title={mail.subject} html={html} />
      ) : (
        <pre className={classes.text}>{mail.text}</pre>
      )}
    </>
  );
}

/** A request as it goes out; secrets by their names alone. */
export function RequestView({ request }: { readonly request: WebhookContent }) {
  const { t } = useTranslation('delivery');
  const secrets = Object.entries(request.secret_headers);
  return (
    <>
      <dl className={classes.facts}>
        {Object.entries(request.headers).map(([name, value]) => (
          <Fact key={name} label={name} value={value} />
        ))}
        {secrets.map(([name, secret]) => (
          <Fact key={name} label={name} value={t('outbox.secret', { name: secret })} />
        ))}
        <Fact label={t('outbox.signed')} value={request.sign_with ?? ''} />
      </dl>
      {request.body !== null && <pre className={classes.text}>{request.body}</pre>}
    </>
  );
}
