import { Button, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/query.ts';

type Config = Readonly<Record<string, unknown>>;

/** Calls that are the same for everybody but for an address and a text. */
const forms = {
  slack: {
    url: 'https://hooks.slack.com/services/…',
    method: 'POST',
    body: { text: 'New: {{workflow.name}}' },
  },
  teams: {
    url: 'https://YOUR-TEAM.webhook.office.com/…',
    method: 'POST',
    // A card: what both the connectors of a channel and its newer workflows take.
    body: {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            body: [{ type: 'TextBlock', text: 'New: {{workflow.name}}', wrap: true }],
          },
        },
      ],
    },
  },
  twilio: {
    url: 'https://api.twilio.com/2010-04-01/Accounts/YOUR_ACCOUNT/Messages.json',
    method: 'POST',
    body_type: 'form',
    body: { To: '+491701234567', From: '+491701234567', Body: 'New: {{workflow.name}}' },
    secret_headers: { Authorization: 'twilio' },
  },
} as const satisfies Record<string, Config>;

interface ReadyFormsProps {
  readonly type: string;
  /** Gets the values to be put into the step; what they do not name stays. */
  readonly onChoose: (config: Config) => void;
}

/** What a step that sends can begin with: a ready form for a web address, a saved text for an email. */
export function ReadyForms({ type, onChoose }: ReadyFormsProps) {
  if (type === 'webhook') return <WebhookForms onChoose={onChoose} />;
  return type === 'send_email' ? <SavedTexts onChoose={onChoose} /> : null;
}

function WebhookForms({ onChoose }: Pick<ReadyFormsProps, 'onChoose'>) {
  const { t } = useTranslation('delivery');
  return (
    <Choices label={t('steps.ready_forms')}>
      <Menu.Item onClick={() => onChoose(forms.slack)}>{t('steps.form_slack')}</Menu.Item>
      <Menu.Item onClick={() => onChoose(forms.teams)}>{t('steps.form_teams')}</Menu.Item>
      <Menu.Item onClick={() => onChoose(forms.twilio)}>
        {t('steps.form_twilio')}
        <Text size="xs" c="dimmed">
          {t('steps.form_twilio_help')}
        </Text>
      </Menu.Item>
    </Choices>
  );
}

function SavedTexts({ onChoose }: Pick<ReadyFormsProps, 'onChoose'>) {
  const { t } = useTranslation('delivery');
  const { data } = useQuery(api.email_templates.list.queryOptions());
  return (
    <Choices label={t('steps.use_text')}>
      {data?.items.length === 0 && <Menu.Label>{t('steps.no_texts')}</Menu.Label>}
      {data?.items.map(({ id, name, subject, body, html }) => (
        <Menu.Item key={id} onClick={() => onChoose({ subject, body, html: html ?? undefined })}>
          {name}
        </Menu.Item>
      ))}
    </Choices>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly children: ReactNode;
}

function Choices({ label, children }: ChoicesProps) {
  return (
    <div>
      <Menu>
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>{children}</Menu.Dropdown>
      </Menu>
    </div>
  );
}
