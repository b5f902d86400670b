import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { columnKeys } from '../deals/column-keys.ts';
import { useShownPipeline } from '../deals/use-pipelines.ts';
import { FieldDisplay } from '../records/field-value.tsx';
import type { AnyRecord } from '../records/record-api.ts';
import { titleField, titleOf } from '../records/record-layout.ts';
import { useUpdateRecord } from '../records/use-record-writes.ts';
import { useStages } from '../workflows/use-words.ts';
import classes from './group-board.module.css';
import { useGroupLabel } from './use-group-label.ts';
import type { ShownView } from './use-view.ts';
import { useViewGroups, useViewRecords, type ViewInput } from './use-view-records.ts';
import { boardFields, shownColumns } from './view-state.ts';

interface GroupBoardProps {
  readonly view: ShownView;
  readonly shown: ViewInput;
  readonly activeId: string | null;
  readonly onOpen: (id: string) => void;
}

/** A board of any field with choices: a column for each, and one for the records where it is empty. */
export function GroupBoard(props: GroupBoardProps) {
  const { object, state } = props.view;
  const fields = boardFields(object);
  // A view may be grouped by what no board can have columns of; the first that can be is as good as any.
  const field = fields.find((one) => one.name === state.group_by) ?? fields[0];
  return field ? <Board key={field.name} {...props} field={field} /> : null;
}

function useColumns(field: Field): readonly (string | null)[] {
  const stages = useStages();
  const { shown } = useShownPipeline(true);
  const values =
    field.type === 'stage'
      ? (shown?.stages ?? stages).map((stage) => stage.slug)
      : (field.choices ?? []);
  return field.presence === 'optional' ? [...values, null] : values;
}

/** dnd-kit wants text; no choice is empty. */
const dropId = (value: string | null): string => value ?? '';

function Board({ view, shown, field, activeId, onOpen }: GroupBoardProps & { field: Field }) {
  const { t } = useTranslation('views');
  const columns = useColumns(field);
  const groups = useViewGroups(shown, field.name);
  const labelOf = useGroupLabel(field);
  const update = useUpdateRecord(view.object);
  const [dragged, setDragged] = useState<AnyRecord | null>(null);
  const sensors = useSensors(
    // A click with a trembling hand still opens.
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: columnKeys,
      // Enter opens the record.
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  );

  if (groups.isError)
    return <ErrorState error={groups.error} onRetry={() => void groups.refetch()} />;

  function onDragEnd({ over }: DragEndEvent): void {
    setDragged(null);
    if (!dragged || !over) return;
    const value = over.id === '' ? null : String(over.id);
    if (value !== dragged[field.name])
      update.mutate({ id: dragged.id, patch: { [field.name]: value } });
  }

  return (
    <DndContext
      sensors={sensors}
      accessibility={{
        announcements: {
          onDragStart: () => undefined,
          onDragOver: () => undefined,
          onDragCancel: () => undefined,
          onDragEnd: ({ over }) =>
            dragged && over
              ? t('moved', {
                  title: titleOf(view.object, dragged),
                  group: labelOf(over.id === '' ? null : String(over.id), null),
                })
              : undefined,
        },
      }}
      onDragStart={({ active }) => {
        const record: unknown = active.data.current?.record;
        // Set by the card below.
        setDragged(record as AnyRecord);
      }}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
    >
      <div
        className={classes.columns}
        data-dragging={dragged !== null || undefined}
        data-testid="group-board"
      >
        {columns.map((value, position) => (
          <Column
            key={dropId(value)}
            view={view}
            shown={shown}
            field={field}
            value={value}
            position={position}
            title={labelOf(value, null)}
            count={groups.data?.find((group) => group.value === value)?.count ?? 0}
            activeId={activeId}
            onOpen={onOpen}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className={classes.card} data-lifted>
            <CardFace view={view} field={field} record={dragged} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

interface ColumnProps extends GroupBoardProps {
  readonly field: Field;
  readonly value: string | null;
  readonly position: number;
  readonly title: string;
  readonly count: number;
}

function Column({ view, shown, field, value, position, title, count, ...cards }: ColumnProps) {
  const { t } = useTranslation(['deals', 'views']);
  const list = useViewRecords({ ...shown, group: { field: field.name, value } });
  const { setNodeRef, isOver } = useDroppable({ id: dropId(value), data: { position } });
  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      data-over={isOver || undefined}
      aria-label={title}
    >
      <header className={classes.head}>
        <h2 className={classes.name}>{title}</h2>
        <span className={classes.count}>{formatNumber(count)}</span>
      </header>
      <div className={classes.cards}>
        {list.isPending && ['a', 'b'].map((key) => <Skeleton key={key} height={64} radius={8} />)}
        {list.rows.map((record) => (
          <Card key={record.id} view={view} field={field} record={record} {...cards} />
        ))}
        {list.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('deals:show_more')}
          </Button>
        )}
      </div>
    </section>
  );
}

interface CardProps {
  readonly view: ShownView;
  readonly field: Field;
  readonly record: AnyRecord;
  readonly activeId: string | null;
  readonly onOpen: (id: string) => void;
}

function Card({ view, field, record, activeId, onOpen }: CardProps) {
  const { setNodeRef, listeners, attributes } = useDraggable({
    id: record.id,
    data: { record, stage: dropId(textOf(record[field.name])) },
  });
  return (
    <button
      type="button"
      ref={setNodeRef}
      {...attributes}
      {...listeners}
      className={classes.card}
      data-active={record.id === activeId || undefined}
      data-card-id={record.id}
      onClick={() => onOpen(record.id)}
    >
      <CardFace view={view} field={field} record={record} />
    </button>
  );
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Facts a card shows under its title. */
const factCount = 3;

function CardFace({ view, field, record }: Pick<CardProps, 'view' | 'field' | 'record'>) {
  const { object, state } = view;
  const facts = shownColumns(object, state.columns)
    .map((column) => column.field)
    .filter(
      ({ name, type }) =>
        name !== titleField(object) &&
        name !== field.name &&
        type !== 'tags' &&
        record[name] !== null &&
        findField(object, name) !== undefined,
    )
    .slice(0, factCount);
  return (
    <>
      <span className={classes.title}>{titleOf(object, record)}</span>
      <span className={classes.facts}>
        {facts.map((fact) => (
          <span key={fact.name} className="truncate">
            <FieldDisplay field={fact} record={record} />
          </span>
        ))}
      </span>
    </>
  );
}
