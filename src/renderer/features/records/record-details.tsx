import { ActionIcon, Menu, Skeleton } from '@mantine/core';
import { CircleHelp, Ellipsis, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatAgo } from '../../ui/format.ts';
import { Monogram } from '../../ui/monogram.tsx';
import { PanelSection, RecordPanel } from '../../ui/record-panel.tsx';
import { TimelineSection } from '../timeline/timeline-section.tsx';
import { usePipelines } from '../deals/use-pipelines.ts';
import { InlineField } from './inline-field.tsx';
import type { AnyRecord } from './record-api.ts';
import classes from './record-details.module.css';
import { panelFields, titleField, titleOf } from './record-layout.ts';
import { RelatedSections } from './related-sections.tsx';
import { TaskTick } from './task-tick.tsx';
import { useRecord } from './use-record.ts';
import { useDeleteRecord } from './use-record-writes.ts';

/** Loaded when it is asked for: most records are read without it. */
const RecordWhyDialog = lazy(async () => ({
  default: (await import('../workflows/runs/record-why-dialog.tsx')).RecordWhyDialog,
}));

interface RecordDetailsProps {
  readonly object: ObjectName;
  readonly id: string;
  readonly onClose: () => void;
}

/** The panel of one record: what it is, edited in place, and what belongs to it. */
export function RecordDetails({ object, id, onClose }: RecordDetailsProps) {
  const { t } = useTranslation('records');
  const { data: record, error, refetch } = useRecord(object, id);
  const pipelines = usePipelines() ?? [];

  if (!record) {
    return (
      <RecordPanel label={t(`${object}.one`)} title={t(`${object}.one`)} onClose={onClose}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <DetailsSkeleton />}
      </RecordPanel>
    );
  }

  return (
    <RecordPanel
      label={titleOf(object, record)}
      title={<Title object={object} record={record} />}
      facts={
        <>
          <span>{t(`${object}.one`)}</span>
          <span>{t('added_ago', { when: formatAgo(record.created_at) })}</span>
          {record.updated_at !== record.created_at && (
            <span>{t('changed_ago', { when: formatAgo(record.updated_at) })}</span>
          )}
        </>
      }
      actions={<DetailsMenu object={object} record={record} onDeleted={onClose} />}
      onClose={onClose}
    >
      <PanelSection title={t('properties')}>
        {panelFields(object)
          // One pipeline is no choice.
          .filter((field) => field.type !== 'pipeline' || pipelines.length > 1)
          .map((field) => (
            <InlineField key={field.name} object={object} record={record} field={field} />
          ))}
      </PanelSection>
      <RelatedSections object={object} record={record} />
      <TimelineSection object={object} record={record} />
    </RecordPanel>
  );
}

function Title({ object, record }: { object: ObjectName; record: AnyRecord }) {
  const field = findField(object, titleField(object));
  const title = titleOf(object, record);
  return (
    <>
      {object === 'contact' && <Monogram name={title} size="large" />}
      {object === 'company' && <Monogram name={title} size="large" shape="square" />}
      {object === 'task' && <TaskTick task={record} />}
      {field?.editable ? (
        <InlineField object={object} record={record} field={field} variant="title" />
      ) : (
        <h2 className={classes.name}>{title}</h2>
      )}
    </>
  );
}

function DetailsMenu({
  object,
  record,
  onDeleted,
}: {
  object: ObjectName;
  record: AnyRecord;
  onDeleted: () => void;
}) {
  const { t } = useTranslation(['common', 'insight']);
  const remove = useDeleteRecord(object);
  const [asking, setAsking] = useState(false);
  const name = titleOf(object, record);
  const menu = (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('common:more')}>
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<CircleHelp size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('insight:why_record')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<Trash2 size={14} aria-hidden />}
          onClick={() => {
            onDeleted();
            remove.mutate({ id: record.id, name });
          }}
        >
          {t('common:delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      {menu}
      {asking && (
        <Suspense>
          <RecordWhyDialog record={{ object, id: record.id }} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

function DetailsSkeleton() {
  return (
    <div className={classes.skeleton}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} height={10} width={row < 'd' ? '70%' : '50%'} />
      ))}
    </div>
  );
}
