import { ActionIcon, Tooltip } from '@mantine/core';
import {
  CircleCheck,
  History,
  type LucideIcon,
  Mail,
  Pencil,
  Phone,
  StickyNote,
  Users,
  Zap,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '../../../shared/contract/timeline.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { formatAgo, formatFull } from '../../ui/format.ts';
import type { AnyRecord } from '../records/record-api.ts';
import { RunLine } from '../records/run-line.tsx';
import { TaskLine } from '../records/task-line.tsx';
import { ChangeEntry } from './change-entry.tsx';
import { NoteEntry } from './note-entry.tsx';
import classes from './timeline.module.css';

const icons: Readonly<Record<string, LucideIcon>> = {
  note: StickyNote,
  change: Pencil,
  run: Zap,
  task: CircleCheck,
  call: Phone,
  meeting: Users,
  email: Mail,
};

interface TimelineEntryProps {
  readonly object: ObjectName;
  readonly record: AnyRecord;
  readonly item: TimelineItem;
  /** Shows the record as it was right after this entry. */
  readonly onLookBack: (at: string) => void;
}

/** One thing that happened, with its picture on the left and its time on the right. */
export function TimelineEntry({ object, record, item, onLookBack }: TimelineEntryProps) {
  const { t } = useTranslation('timeline');
  const Icon = icons[item.kind === 'activity' ? item.activity.type : item.kind] ?? CircleCheck;
  return (
    <li className={classes.entry} data-kind={item.kind}>
      <Icon
        className={classes.icon}
        size={14}
        strokeWidth={1.75}
        aria-label={t(`kind.${item.kind}`)}
      />
      <div className={classes.content}>
        <Content object={object} record={record} item={item} />
      </div>
      {item.kind === 'change' && (
        <Tooltip label={t('look_back')}>
          <ActionIcon
            size="sm"
            className={classes.lookBack ?? ''}
            aria-label={t('look_back')}
            onClick={() => onLookBack(item.at)}
          >
            <History size={13} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {item.kind !== 'run' && (
        <time className={classes.time} dateTime={item.at} title={formatFull(item.at)}>
          {formatAgo(item.at)}
        </time>
      )}
    </li>
  );
}

function Content({ object, record, item }: Pick<TimelineEntryProps, 'object' | 'record' | 'item'>) {
  switch (item.kind) {
    case 'note':
      return <NoteEntry note={item.note} />;
    case 'activity':
      return <TaskLine task={item.activity} />;
    case 'change':
      return <ChangeEntry object={object} record={record} change={item.change} />;
    case 'run':
      return <RunLine run={item.run} />;
  }
}
