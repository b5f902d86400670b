import { Button, Checkbox, Group, Modal, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  RunConflict,
  UndoneRunRecord,
  UndoRunsPreview,
} from '../../../../shared/contract/undo-runs.ts';
import { client } from '../../../api/client.ts';
import { api, queryClient } from '../../../api/query.ts';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { fieldWords } from '../model/condition-words.ts';
import { shownValue } from '../model/shown-value.ts';
import { RecordLink } from '../record-link.tsx';
import { useWorkflowText } from '../use-words.ts';
import classes from './undo-runs.module.css';

export type UndoDialogTarget =
  | { readonly kind: 'run'; readonly id: string }
  | { readonly kind: 'workflow'; readonly id: string; readonly since: string };

interface UndoRunsDialogProps {
  readonly target: UndoDialogTarget;
  readonly title: string;
  readonly onClose: () => void;
  /** Which runs it is about, where that can be chosen. */
  readonly children?: ReactNode;
}

/** What undo would take back, what was changed since with the decision about each, and what has left for good. */
export function UndoRunsDialog({ target, title, onClose, children }: UndoRunsDialogProps) {
  const { t } = useTranslation('workflows');
  const common = useTranslation('common').t;
  const failureText = useFailureText();
  const [putBack, setPutBack] = useState<readonly string[]>([]);
  const preview = useQuery(
    target.kind === 'run'
      ? api.undo_runs.preview_run.queryOptions({ input: { id: target.id }, gcTime: 0 })
      : api.undo_runs.preview_workflow.queryOptions({
          input: { id: target.id, since: target.since },
          gcTime: 0,
        }),
  );
  const undo = useMutation({
    networkMode: 'always',
    mutationFn: () => {
      const input = { id: target.id, put_back: [...putBack] };
      return target.kind === 'run'
        ? client.undo_runs.run(input)
        : client.undo_runs.workflow({ ...input, since: target.since });
    },
    onSuccess: ({ record_count: count, kept }) => {
      void queryClient.invalidateQueries();
      notifications.show({
        title: t('undo.done', { count }),
        message: [
          ...(kept > 0 ? [t('undo.done_kept', { count: kept })] : []),
          t('undo.again'),
        ].join(' '),
      });
      onClose();
    },
  });
  const { data } = preview;
  const failure = preview.error ?? undo.error;
  return (
    <Modal opened onClose={onClose} title={title} size={620}>
      {children}
      {preview.isPending && (
        <output className={classes.looking} aria-label={t('undo.looking')}>
          <Skeleton height={20} my={16} width="60%" />
          <Skeleton height={60} />
        </output>
      )}
      {data && <Preview preview={data} putBack={putBack} onPutBack={setPutBack} />}
      {failure && (
        <p role="alert" className={classes.failure}>
          {failureText(failure)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt="md">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          data-autofocus
          loading={undo.isPending}
          disabled={!data || (isNothing(data) && putBack.length === 0)}
          onClick={() => undo.mutate()}
        >
          {target.kind === 'run' ? t('undo.undo_this') : t('undo.undo', { count: data?.runs ?? 0 })}
        </Button>
      </Group>
    </Modal>
  );
}

function isNothing(preview: UndoRunsPreview): boolean {
  return preview.record_count + preview.ending_runs + preview.taken_back === 0;
}

interface PreviewProps {
  readonly preview: UndoRunsPreview;
  readonly putBack: readonly string[];
  readonly onPutBack: (ids: readonly string[]) => void;
}

function Preview({ preview, putBack, onPutBack }: PreviewProps) {
  const { t } = useTranslation('workflows');
  if (preview.runs === 0) return <p className={classes.note}>{t('undo.no_runs')}</p>;
  return (
    <div className={classes.preview}>
      {isNothing(preview) && preview.conflict_count === 0 && (
        <p className={classes.note}>{t('undo.nothing')}</p>
      )}
      {preview.ending_runs > 0 && (
        <p className={classes.note}>{t('undo.ends', { count: preview.ending_runs })}</p>
      )}
      {preview.taken_back > 0 && (
        <p className={classes.note}>{t('undo.taken_back', { count: preview.taken_back })}</p>
      )}
      {preview.record_count > 0 && (
        <section>
          <h3>{t('undo.back', { count: preview.record_count })}</h3>
          <ul className={classes.list}>
            {preview.records.map((record) => (
              <BackLine key={record.record_id} record={record} />
            ))}
          </ul>
          <More count={preview.record_count - preview.records.length} />
        </section>
      )}
      {preview.conflict_count > 0 && (
        <Conflicts preview={preview} putBack={putBack} onPutBack={onPutBack} />
      )}
      {preview.lasting_count > 0 && (
        <section>
          <h3>{t('undo.lasting')}</h3>
          <ul className={classes.list}>
            {preview.lasting.map(({ kind, id, label }) => (
              <li key={id}>{t(`undo.lasting_kinds.${kind}`, { label })}</li>
            ))}
          </ul>
          <More count={preview.lasting_count - preview.lasting.length} />
        </section>
      )}
    </div>
  );
}

function More({ count }: { readonly count: number }) {
  const { t } = useTranslation('workflows');
  return count > 0 ? <p className={classes.note}>{t('undo.and_more', { count })}</p> : null;
}

function BackLine({ record }: { readonly record: UndoneRunRecord }) {
  const { t } = useTranslation('workflows');
  const words = useFieldWords();
  const { object, record_id: id, record_name: name, what, fields } = record;
  return (
    <li>
      <span className={classes.name}>
        {object === 'contact' || object === 'company' || object === 'deal' || object === 'task' ? (
          <RecordLink record={{ object, id }} name={name} />
        ) : (
          t('undo.a_note', { name: name ?? '' })
        )}
      </span>
      {what === 'removed' && <span className={classes.dim}>{t('undo.to_bin')}</span>}
      {what === 'restored' && <span className={classes.dim}>{t('undo.from_bin')}</span>}
      {what === 'fields' &&
        fields.map(({ field, now, back_to: back }) => (
          <span key={field} className={classes.field}>
            <span className={classes.dim}>{words(object, field)}</span>
            <del>{shownValue(now) || t('undo.empty_value')}</del>
            <ins>{shownValue(back) || t('undo.empty_value')}</ins>
          </span>
        ))}
    </li>
  );
}

function Conflicts({ preview, putBack, onPutBack }: PreviewProps) {
  const { t } = useTranslation('workflows');
  const { conflicts } = preview;
  const possible = conflicts.filter((conflict) => conflict.can_put_back);
  return (
    <section>
      <h3>{t('undo.conflicts', { count: preview.conflict_count })}</h3>
      <p className={classes.note}>{t('undo.conflicts_text')}</p>
      <ul className={classes.list}>
        {conflicts.map((conflict) => (
          <li key={conflict.id} className={classes.conflict}>
            <ConflictText conflict={conflict} />
            {conflict.can_put_back && (
              <Checkbox
                size="xs"
                label={t('undo.put_back')}
                checked={putBack.includes(conflict.id)}
                onChange={(event) =>
                  onPutBack(
                    event.currentTarget.checked
                      ? [...putBack, conflict.id]
                      : putBack.filter((id) => id !== conflict.id),
                  )
                }
              />
            )}
          </li>
        ))}
      </ul>
      <More count={preview.conflict_count - conflicts.length} />
      {possible.length > 1 && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onPutBack(possible.map(({ id }) => id))}
        >
          {t('undo.put_all_back')}
        </Button>
      )}
    </section>
  );
}

function ConflictText({ conflict }: { readonly conflict: RunConflict }) {
  const { t } = useTranslation('workflows');
  const words = useFieldWords();
  const name = conflict.record_name ?? '';
  const field = words(conflict.object, conflict.field ?? '');
  switch (conflict.reason) {
    case 'changed':
      return conflict.field === null ? (
        <span>{t('undo.changed_record', { name })}</span>
      ) : (
        <span>
          {t('undo.holds', {
            field,
            name,
            now: shownValue(conflict.now) || t('undo.empty_value'),
            wrote: shownValue(conflict.wrote) || t('undo.empty_value'),
            back: shownValue(conflict.back_to) || t('undo.empty_value'),
          })}
        </span>
      );
    case 'in_bin':
      return <span>{t('undo.in_bin', { name })}</span>;
    case 'gone':
      return <span>{t('undo.gone')}</span>;
    case 'target_gone':
      return <span>{t('undo.target_gone', { field, name })}</span>;
  }
}

function useFieldWords(): (object: string, field: string) => string {
  const text = useWorkflowText();
  return (object, field) =>
    text(`fields:${object}.${field}`, { defaultValue: fieldWords(`${object}.${field}`, text) });
}
