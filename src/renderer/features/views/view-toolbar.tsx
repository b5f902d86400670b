import { ActionIcon, Button, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import { Ellipsis, Pencil, Pin, PinOff, Plus, Trash2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../commands/registry.ts';
import { conditionsInWords } from '../workflows/model/condition-words.ts';
import { useWords } from '../workflows/use-words.ts';
import { DisplayPopover } from './display-popover.tsx';
import { FilterPopover } from './filter-popover.tsx';
import { SaveViewDialog } from './save-view-dialog.tsx';
import type { ShownView } from './use-view.ts';
import { useViewWrites } from './use-view-writes.tsx';
import { layoutsOf } from './view-state.ts';
import classes from './views.module.css';

interface ViewToolbarProps {
  readonly view: ShownView;
  /** Before the saved views: what this kind of record has of its own. */
  readonly leading?: ReactNode;
}

/** Under a list's title: its views, and what the shown one shows. */
export function ViewToolbar({ view, leading }: ViewToolbarProps) {
  const { t } = useTranslation('views');
  const words = useWords();
  const [asking, setAsking] = useState<'new' | 'rename' | null>(null);
  const { create, update } = useViewWrites();
  const { object, saved, state, change } = view;
  const layouts = layoutsOf(object);
  const said = conditionsInWords(state.conditions, words);
  const { columns, ...plain } = state;
  const definition = { ...plain, columns: columns === null ? null : [...columns], object };

  useCommands(
    layouts.map((layout) => ({
      id: `layout_${layout}`,
      label: `commands:layout_${layout}` as const,
      section: 'view' as const,
      perform: () => change({ layout }),
    })),
  );

  /** What is saved is no change any more, also when one has gone to another screen meanwhile. */
  function discardAfter(saving: Promise<unknown>): void {
    // A failure was told by the mutation; what was changed stays.
    saving.then(view.discard, () => undefined);
  }

  function saveChanges(): void {
    if (!saved) setAsking('new');
    else discardAfter(update.mutateAsync({ id: saved.id, ...definition }));
  }

  return (
    <div className={classes.toolbar}>
      <nav className={classes.tabs} aria-label={t('tabs')}>
        {leading}
        <Tab active={!saved} onClick={() => view.show(null)}>
          {t('all')}
        </Tab>
        {view.all.map((one) => (
          <Tab key={one.id} active={one.id === saved?.id} onClick={() => view.show(one.id)}>
            {one.name}
          </Tab>
        ))}
        {saved && <ViewMenu view={view} onRename={() => setAsking('rename')} />}
        <Tooltip label={t('save_as')}>
          <ActionIcon size={24} aria-label={t('save_as')} onClick={() => setAsking('new')}>
            <Plus size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </nav>
      {said !== '' && (
        <span className={classes.chip} title={said}>
          <span className="truncate">{said}</span>
          <ActionIcon
            size={18}
            aria-label={t('clear_filter')}
            onClick={() => change({ conditions: null })}
          >
            <X size={12} aria-hidden />
          </ActionIcon>
        </span>
      )}
      <div className={classes.tools}>
        {view.isChanged && (
          <>
            <Button
              variant="subtle"
              color="gray"
              className={classes.tool ?? ''}
              onClick={view.discard}
            >
              {t('discard')}
            </Button>
            <Button variant="subtle" className={classes.tool ?? ''} onClick={saveChanges}>
              {t('save')}
            </Button>
          </>
        )}
        <FilterPopover view={view} />
        <DisplayPopover view={view} />
        {layouts.length > 1 && (
          <SegmentedControl
            size="xs"
            value={state.layout}
            onChange={(layout) => change({ layout })}
            aria-label={t('layout')}
            data={layouts.map((layout) => ({ value: layout, label: t(`layouts.${layout}`) }))}
          />
        )}
      </div>
      {asking && (
        <SaveViewDialog
          title={t(asking === 'new' ? 'save_as' : 'rename')}
          name={asking === 'rename' ? (saved?.name ?? '') : ''}
          isPinned={asking === 'rename' && saved?.is_pinned === true}
          onClose={() => setAsking(null)}
          onSave={(name, is_pinned) => {
            setAsking(null);
            if (asking === 'rename' && saved) {
              update.mutate({ id: saved.id, name, is_pinned });
              return;
            }
            discardAfter(
              create.mutateAsync(
                { ...definition, name, is_pinned },
                // Told only as long as this screen is shown.
                { onSuccess: (made) => view.show(made.id) },
              ),
            );
          }}
        />
      )}
    </div>
  );
}

interface TabProps {
  readonly active: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tab({ active, onClick, children }: TabProps) {
  return (
    <button
      type="button"
      className={classes.tab}
      data-active={active || undefined}
      aria-current={active ? 'page' : undefined}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function ViewMenu({ view, onRename }: { view: ShownView; onRename: () => void }) {
  const { t } = useTranslation('views');
  const { update, remove } = useViewWrites();
  const { saved } = view;
  if (!saved) return null;
  const PinIcon = saved.is_pinned ? PinOff : Pin;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('actions', { name: saved.name })}>
          <Ellipsis size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Pencil size={14} aria-hidden />} onClick={onRename}>
          {t('rename')}
        </Menu.Item>
        <Menu.Item
          leftSection={<PinIcon size={14} aria-hidden />}
          onClick={() => update.mutate({ id: saved.id, is_pinned: !saved.is_pinned })}
        >
          {t(saved.is_pinned ? 'unpin' : 'pin')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<Trash2 size={14} aria-hidden />}
          onClick={() => {
            view.discard();
            view.show(null);
            remove.mutate(saved);
          }}
        >
          {t('delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
