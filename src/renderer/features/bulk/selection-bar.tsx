import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core';
import { Pencil, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkChange, BulkInput, BulkSelection } from '../../../shared/contract/bulk.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { useCommands } from '../../commands/registry.ts';
import { formatNumber } from '../../ui/format.ts';
import type { Selection } from '../records/use-selection.ts';
import { BulkDialog, type BulkKind } from './bulk-dialog.tsx';
import classes from './bulk.module.css';
import { useBulkChange } from './use-bulk-change.ts';

interface SelectionBarProps {
  readonly object: ObjectName;
  readonly selection: Selection;
  /** As the server is to find them. */
  readonly selected: BulkSelection;
  /** How many the view shows in all; undefined until it is counted. */
  readonly total: number | undefined;
}

/** What can be done with the selected records; stands under the list as long as any is. */
export function SelectionBar({ object, selection, selected, total }: SelectionBarProps) {
  const { t } = useTranslation('views');
  const [asking, setAsking] = useState<BulkKind | null>(null);
  const { progress, run, stop } = useBulkChange();
  const { count } = selection;

  useCommands([
    ...actions.map(({ kind, command, key }) => ({
      id: command,
      label: `commands:${command}` as const,
      section: 'list' as const,
      shortcut: key,
      perform: () => setAsking(kind),
    })),
    {
      id: 'clear_selection',
      label: 'commands:clear_selection',
      section: 'list',
      shortcut: 'escape',
      keyboardOnly: true,
      perform: selection.clear,
    },
  ]);

  async function apply(
    change: BulkChange,
    runWorkflows: BulkInput['run_workflows'],
  ): Promise<void> {
    setAsking(null);
    const done = await run({ object, selection: selected, change, run_workflows: runWorkflows });
    if (done) selection.clear();
  }

  return (
    <section className={classes.bar} aria-label={t('selection')} data-testid="selection-bar">
      {progress ? (
        <>
          <Progress
            className={classes.progress ?? ''}
            value={progress.total === 0 ? 0 : (100 * progress.done) / progress.total}
            aria-label={t('bulk.progress', { done: progress.done, total: progress.total })}
          />
          <output className={classes.count}>
            {t('bulk.progress', {
              done: formatNumber(progress.done),
              total: formatNumber(progress.total),
            })}
          </output>
          <Button variant="default" onClick={stop}>
            {t('bulk.stop')}
          </Button>
        </>
      ) : (
        <>
          <output className={classes.count}>{t('selected', { count })}</output>
          {!selection.isAll && total !== undefined && total > count && (
            <Button variant="subtle" onClick={selection.selectAll}>
              {t('select_matching', { count: total })}
            </Button>
          )}
          <span className={classes.space} />
          {actions.map(({ kind, icon: Icon }) => (
            <Button
              key={kind}
              variant="subtle"
              color={kind === 'delete' ? 'red' : 'gray'}
              className={kind === 'delete' ? '' : (classes.action ?? '')}
              leftSection={<Icon size={14} aria-hidden />}
              onClick={() => setAsking(kind)}
            >
              {t(`bulk.${kind}`)}
            </Button>
          ))}
          <Tooltip label={t('clear_selection')}>
            <ActionIcon aria-label={t('clear_selection')} onClick={selection.clear}>
              <X size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      )}
      {asking && (
        <BulkDialog
          object={object}
          kind={asking}
          count={count}
          onApply={(change, workflows) => void apply(change, workflows)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

const actions = [
  { kind: 'edit', command: 'bulk_edit', key: 'shift+enter', icon: Pencil },
  { kind: 'tag', command: 'bulk_tag', key: 't', icon: Tag },
  { kind: 'delete', command: 'bulk_delete', key: 'delete', icon: Trash2 },
] as const satisfies readonly { kind: BulkKind; [key: string]: unknown }[];
