import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { formatMoney } from '../../ui/format.ts';
import { Monogram } from '../../ui/monogram.tsx';
import { PanelSection } from '../../ui/record-panel.tsx';
import { StageName } from './field-value.tsx';
import { type AnyRecord, recordApi, recordRoutes } from './record-api.ts';
import { titleOf } from './record-layout.ts';
import classes from './related-sections.module.css';
import { TaskLine } from './task-line.tsx';

/** Which kinds hang on a record, and by which of their fields. */
const related = {
  contact: ['task', 'deal'],
  company: ['contact', 'deal', 'task'],
  deal: ['task'],
  task: [],
} as const satisfies Record<ObjectName, readonly ObjectName[]>;

const texts = {
  task: { title: 'tasks', none: 'no_tasks', add: 'add_task' },
  deal: { title: 'deals', none: 'no_deals', add: 'add_deal' },
  contact: { title: 'contacts', none: 'no_contacts', add: 'add_contact' },
} as const;

type Related = keyof typeof texts;

export function RelatedSections({ object, record }: { object: ObjectName; record: AnyRecord }) {
  return related[object].map((kind) => (
    <RelatedList key={kind} kind={kind} object={object} record={record} />
  ));
}

/** A new record that belongs here starts with the links of this one. */
function startingValues(object: ObjectName, record: AnyRecord): Record<string, string> {
  const values: Record<string, string> = { [`${object}_id`]: record.id };
  for (const name of ['contact_id', 'company_id']) {
    const value = record[name];
    if (typeof value === 'string') values[name] = value;
  }
  return values;
}

interface RelatedListProps {
  readonly kind: Related;
  readonly object: ObjectName;
  readonly record: AnyRecord;
}

function RelatedList({ kind, object, record }: RelatedListProps) {
  const { t } = useTranslation('records');
  const openCreate = useWindowStore((state) => state.openCreate);
  const { data } = useQuery(
    recordApi(kind).list.queryOptions({
      input: {
        [`${object}_id`]: record.id,
        limit: 50,
        ...(kind === 'task' ? { state: 'open' } : {}),
      },
    }),
  );
  const items = data?.items ?? [];
  const text = texts[kind];
  const values = startingValues(object, record);
  // A contact has a company and nothing else of these.
  const given = kind === 'contact' ? { company_id: record.id } : values;

  return (
    <PanelSection
      title={t(text.title)}
      count={items.length}
      action={
        <Tooltip label={t(text.add)}>
          <ActionIcon size="sm" onClick={() => openCreate(kind, given)} aria-label={t(text.add)}>
            <Plus size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
    >
      {data && items.length === 0 && <p className={classes.none}>{t(text.none)}</p>}
      {items.map((item) =>
        kind === 'task' ? (
          <TaskLine key={item.id} task={item} />
        ) : (
          <RelatedLine key={item.id} kind={kind} item={item} />
        ),
      )}
    </PanelSection>
  );
}

function RelatedLine({ kind, item }: { kind: Related; item: AnyRecord }) {
  return (
    <Link to={recordRoutes[kind]} params={{ recordId: item.id }} className={classes.line}>
      {kind === 'contact' && <Monogram name={titleOf(kind, item)} />}
      <span className={`truncate ${classes.grow}`}>{titleOf(kind, item)}</span>
      {kind === 'contact' && (
        <span className={`truncate ${classes.dim}`}>{String(item.job_title ?? '')}</span>
      )}
      {kind === 'deal' && (
        <>
          {typeof item.value === 'number' && (
            <span className="numeric">{formatMoney(item.value, String(item.currency))}</span>
          )}
          <span className={classes.stage}>
            <StageName slug={String(item.stage)} />
          </span>
        </>
      )}
    </Link>
  );
}
