import { Modal, Select, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Why } from '../../../../shared/contract/why.ts';
import type { RecordReference } from '../../../../shared/model/objects.ts';
import { api } from '../../../api/query.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatDayTime, formatFull } from '../../../ui/format.ts';
import { StatusPill, type Tone } from '../../../ui/status-dot.tsx';
import { shownValue } from '../model/shown-value.ts';
import { type FoundRecord, useRecordSearch } from '../use-record-search.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './why-dialog.module.css';

const tones: Readonly<Record<Why['outcome'], Tone>> = {
  enrolled: 'green',
  refused: 'amber',
  no_match: 'grey',
  pending: 'blue',
  not_listening: 'grey',
};

const parameters = {
  contact: 'contact_id',
  company: 'company_id',
  deal: 'deal_id',
  task: 'activity_id',
} as const;

interface WhyDialogProps {
  readonly workflowId: string;
  readonly onClose: () => void;
}

/** For a record: its newest events, and for each why the workflow did or did not start. */
export function WhyDialog({ workflowId, onClose }: WhyDialogProps) {
  const { t } = useTranslation('workflows');
  const [search, setSearch] = useState('');
  const [searched] = useDebouncedValue(search, 150);
  const [chosen, setChosen] = useState<FoundRecord | null>(null);
  const { records } = useRecordSearch(chosen?.name === searched ? '' : searched);
  return (
    <Modal opened onClose={onClose} title={t('why.title')} size={520}>
      <Select
        data-autofocus
        searchable
        placeholder={t('why.search')}
        aria-label={t('why.search')}
        nothingFoundMessage={t('run_now.no_match')}
        data={records.map(({ object, id, name }) => ({
          value: `${object} ${id}`,
          label: `${name} · ${t(`objects.${object}`)}`,
        }))}
        // The list is what the server found, not what the box would filter from it.
        filter={({ options }) => options}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={(value) =>
          setChosen(records.find(({ object, id }) => `${object} ${id}` === value) ?? null)
        }
      />
      {chosen && <WhyAnswers workflowId={workflowId} record={chosen} />}
    </Modal>
  );
}

/** Event by event: started, or the first rule that said no with the values it saw. */
export function WhyAnswers({
  workflowId,
  record,
}: {
  readonly workflowId: string;
  readonly record: RecordReference;
}) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const input = { id: workflowId, [parameters[record.object]]: record.id };
  const why = useQuery(api.workflows.why.queryOptions({ input }));
  if (why.isPending) return <Skeleton height={60} mt="md" />;
  if (!why.data) return <ErrorState error={why.error} onRetry={() => void why.refetch()} />;
  if (why.data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        {t('why.none')}
      </Text>
    );
  }
  return (
    <ul className={classes.answers}>
      {why.data.items.map(({ event, outcome, message, seen, execution_id: run }) => (
        <li key={event.id} className={classes.answer}>
          <div className={classes.head}>
            <span>{text(`triggers.${event.type}.label`, { defaultValue: event.type })}</span>
            <StatusPill tone={tones[outcome]} label={t(`why.outcome.${outcome}`)} />
            <time
              className={classes.when}
              dateTime={event.occurred_at}
              title={formatFull(event.occurred_at)}
            >
              {formatDayTime(event.occurred_at)}
            </time>
          </div>
          <p className={classes.message}>
            {message}{' '}
            {run !== null && (
              <Link to="/runs/{-$executionId}" params={{ executionId: run }}>
                {t('editor.view_run')}
              </Link>
            )}
          </p>
          {seen.length > 0 && (
            <ul className={classes.seen}>
              {seen.map(({ name, operator, wanted, seen: saw }) => (
                <li key={`${name} ${operator}`}>
                  {t('why.rule', {
                    name,
                    operator: operator ?? '=',
                    wanted: shownValue(wanted),
                    seen: shownValue(saw) || t('run.empty'),
                  })}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
