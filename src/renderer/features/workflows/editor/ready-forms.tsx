import { Button, Menu, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/query.ts';
import { webhookForms } from '../model/webhook-forms.ts';

interface ReadyFormsProps {
  readonly type: string;
  /** Gets the values to be put into the step; what they do not name stays. */
  readonly onChoose: (config: Readonly<Record<string, unknown>>) => void;
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
      <Menu.Item onClick={() => onChoose(webhookForms.slack)}>{t('steps.form_slack')}</Menu.Item>
      <Menu.Item onClick={() => onChoose(webhookForms.teams)}>{t('steps.form_teams')}</Menu.Item>
      <Menu.Item onClick={() => onChoose(webhookForms.twilio)}>
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
