import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../shared/contract/pipelines.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import {
  formatAgo,
  formatDay,
  formatDayTime,
  formatFull,
  formatMoney,
  formatNumber,
} from '../../ui/format.ts';
import { StatusDot, type Tone } from '../../ui/status-dot.tsx';
import { tagsOf } from './field-input.tsx';
import classes from './field-value.module.css';
import { type AnyRecord, recordRoutes } from './record-api.ts';
import { titleOf } from './record-layout.ts';
import { TagName } from './tag-name.tsx';
import { useFieldText } from './use-field-text.ts';
import { useRecord } from './use-record.ts';

export const stageTones: Readonly<Record<Stage['kind'], Tone>> = {
  open: 'blue',
  won: 'green',
  lost: 'grey',
};

const priorityTones: Readonly<Record<string, Tone>> = { high: 'red', normal: 'blue', low: 'grey' };

export function RecordName({ object, id }: { object: ObjectName; id: string }) {
  const record = useRecord(object, id).data;
  return <span className="truncate">{record ? titleOf(object, record) : ''}</span>;
}

function RecordLink({ object, id }: { object: ObjectName; id: string }) {
  return (
    <Link
      to={recordRoutes[object]}
      params={{ recordId: id }}
      className={classes.link}
      onClick={(event) => event.stopPropagation()}
    >
      <RecordName object={object} id={id} />
    </Link>
  );
}

export function StageName({ slug }: { slug: string }) {
  const stages = useQuery(api.pipeline.stages.queryOptions()).data;
  const stage = stages?.find((one) => one.slug === slug);
  return (
    <span className={classes.dotted}>
      <StatusDot tone={stageTones[stage?.kind ?? 'open']} />
      <span className="truncate">{stage?.name ?? ''}</span>
    </span>
  );
}

function PipelineName({ slug }: { slug: string }) {
  const pipelines = useQuery(api.pipelines.list.queryOptions()).data?.items;
  const pipeline = pipelines?.find((one) => one.slug === slug);
  return <span className="truncate">{pipeline?.name ?? ''}</span>;
}

/** How a field's value reads, in a cell or a panel; nothing at all for an empty one. */
export function FieldDisplay({
  field,
  record,
  linked = false,
}: {
  field: Field;
  record: AnyRecord;
  /** Links can be followed; not where the whole row is a button already. */
  linked?: boolean;
}) {
  const { choice } = useFieldText();
  const { t } = useTranslation('records');
  const currency = useQuery(api.settings.get.queryOptions()).data?.currency ?? 'EUR';
  const value = record[field.name] ?? null;
  if (field.type === 'tags' || field.type === 'multi_choice') {
    const tags = tagsOf(value);
    return tags.length === 0 ? null : (
      <span className={classes.tags}>
        {tags.map((tag) =>
          field.type === 'tags' ? (
            <TagName key={tag} name={tag} />
          ) : (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ),
        )}
      </span>
    );
  }
  if (value === null || value === '') return null;
  const text = String(value);

  switch (field.type) {
    case 'money':
      return (
        <span className="numeric">
          {formatMoney(Number(value), String(record.currency ?? currency))}
        </span>
      );
    case 'date':
      return (
        <time dateTime={text} title={formatFull(text)}>
          {formatDay(text)}
        </time>
      );
    case 'datetime':
      return (
        <time dateTime={text} title={formatFull(text)} className="numeric">
          {field.editable ? formatDayTime(text) : formatAgo(text)}
        </time>
      );
    case 'stage':
      return <StageName slug={text} />;
    case 'pipeline':
      return <PipelineName slug={text} />;
    case 'choice':
      return field.name === 'priority' ? (
        <span className={classes.dotted}>
          <StatusDot tone={priorityTones[text] ?? 'grey'} />
          {choice(field, text)}
        </span>
      ) : (
        choice(field, text)
      );
    case 'link': {
      if (!field.links_to || field.links_to === 'user') return null;
      return linked ? (
        <RecordLink object={field.links_to} id={text} />
      ) : (
        <RecordName object={field.links_to} id={text} />
      );
    }
    case 'number':
      return <span className="numeric">{formatNumber(Number(value))}</span>;
    case 'boolean':
      return t(value === true ? 'yes' : 'no');
    case 'id':
    case 'currency':
    case 'text':
    case 'email':
    case 'phone':
    case 'domain':
      return <span className="truncate">{text}</span>;
    case 'long_text':
      return <span className={classes.long}>{text}</span>;
  }
}
