import { Kbd } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { CornerDownRight, Search } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../shared/contract/search.ts';
import type { ObjectName } from '../../shared/model/objects.ts';
import { namespaces } from '../app/i18n/en/index.ts';
import { useWindowStore } from '../app/window-store.ts';
import { objectIcons } from '../features/records/object-icons.ts';
import { useSearch } from '../features/search/search-hits.ts';
import type { Command, CommandContext, CommandSection } from './command.ts';
import { shortcutPresses } from './format-shortcut.ts';
import classes from './palette.module.css';
import { allCommands } from './registry.ts';

const sections: readonly CommandSection[] = ['record', 'workflow', 'create', 'go', 'view', 'list'];
const searched = ['contact', 'company', 'deal', 'task'] as const satisfies readonly ObjectName[];
/** Hits of each kind; the search page has more. */
const foundOfKind = 5;
const paths: Readonly<Record<ObjectName, string>> = {
  contact: '/contacts',
  company: '/companies',
  deal: '/deals',
  task: '/tasks',
};

/** Every word typed begins a word of the text. */
function matches(text: string, query: string): boolean {
  const words = text.toLowerCase().split(/\s+/u);
  return query
    .toLowerCase()
    .split(/\s+/u)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** Every command and every record by name. */
export function Palette({ context, query }: { context: CommandContext; query: string }) {
  const { t } = useTranslation(namespaces);
  const close = useWindowStore((state) => state.closeOverlay);
  const setQuery = useWindowStore((state) => state.typeIntoPalette);
  // Mantine's palette closes itself only through a store; this one is open from the start.
  const [store] = useState(() => {
    const [own, actions] = createSpotlight();
    actions.open();
    return own;
  });
  const [searchedFor] = useDebouncedValue(query.trim(), 40);
  // As they are when the palette opens: what is behind it does not change.
  const [commands] = useState(() => allCommands().filter((command) => !command.keyboardOnly));
  const shown = commands.filter((command) =>
    matches(
      `${t(command.label)} ${t(`commands:section.${command.section}`)} ${command.keywords ?? ''}`,
      query,
    ),
  );
  const isEmpty = shown.length === 0;
  const { names, further, isSearching } = useSearch(searchedFor, foundOfKind);
  const hits = [...names, ...further.filter((hit) => !names.some(({ id }) => id === hit.id))];

  function run(action: () => void): void {
    close();
    action();
  }

  return (
    <Spotlight.Root
      store={store}
      onSpotlightClose={close}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      size={600}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.25, transitionProps: { duration: 0 } }}
      attributes={{ content: { 'aria-label': t('commands:palette_title') } }}
    >
      <Spotlight.Search
        data-palette
        placeholder={t('commands:palette_placeholder')}
        leftSection={<Search size={16} strokeWidth={1.75} aria-hidden />}
        classNames={{ input: classes.search ?? '' }}
      />
      <Spotlight.ActionsList className={classes.list ?? ''}>
        {searched.map((object) => (
          <FoundRecords
            key={object}
            object={object}
            hits={hits.filter((hit) => hit.object === object)}
            onPick={(id) => run(() => context.navigate(`${paths[object]}/${id}`))}
          />
        ))}
        {sections.map((section) => {
          const own = shown.filter((command) => command.section === section);
          if (own.length === 0) return null;
          return (
            <Spotlight.ActionsGroup
              key={section}
              className={classes.group ?? ''}
              label={t(`commands:section.${section}`)}
            >
              {own.map((command) => (
                <CommandAction
                  key={command.id}
                  command={command}
                  label={t(command.label)}
                  onPick={() => run(() => command.perform(context))}
                />
              ))}
            </Spotlight.ActionsGroup>
          );
        })}
        {/* Last, so that an answer that comes late never takes Enter from the command that was typed. */}
        {searchedFor !== '' && (hits.length > 0 || !isSearching) && (
          <Spotlight.ActionsGroup className={classes.group ?? ''} label={t('search:title')}>
            <PaletteAction
              icon={<Search size={15} strokeWidth={1.75} aria-hidden />}
              label={t('search:see_all', { query: searchedFor })}
              onPick={() =>
                run(() => context.navigate(`/search?q=${encodeURIComponent(query.trim())}`))
              }
            />
          </Spotlight.ActionsGroup>
        )}
        {isEmpty && searchedFor === '' && (
          <Spotlight.Empty>{t('commands:palette_empty')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function FoundRecords({
  object,
  hits: found,
  onPick,
}: {
  object: ObjectName;
  hits: readonly SearchHit[];
  onPick: (id: string) => void;
}) {
  const { t } = useTranslation('records');
  const Icon = objectIcons[object];
  const ids = found.map((record) => record.id).join(' ');
  useEffect(() => {
    // What was found comes after the keystroke that would have selected it; Mantine exports no other way.
    if (ids === '' || document.querySelector('[data-action][data-selected]')) return;
    document
      .querySelector('input[data-palette]')
      ?.dispatchEvent(new KeyboardEvent('keydown', { code: 'ArrowDown', bubbles: true }));
  }, [ids]);
  if (found.length === 0) return null;
  return (
    <Spotlight.ActionsGroup className={classes.group ?? ''} label={t(`${object}.many`)}>
      {found.map((record) => (
        <PaletteAction
          key={record.id}
          icon={<Icon size={15} strokeWidth={1.75} aria-hidden />}
          label={record.title}
          detail={record.detail}
          onPick={() => onPick(record.id)}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

interface CommandActionProps {
  readonly command: Command;
  readonly label: string;
  readonly onPick: () => void;
}

function CommandAction({ command, label, onPick }: CommandActionProps) {
  return (
    <PaletteAction
      icon={<CornerDownRight size={15} strokeWidth={1.75} aria-hidden />}
      label={label}
      onPick={onPick}
      keys={command.shortcut ? shortcutPresses(command.shortcut) : []}
    />
  );
}

const noKeys: readonly string[] = [];

interface PaletteActionProps {
  readonly icon: ReactNode;
  readonly label: string;
  /** Tells it from others of the same name. */
  readonly detail?: string | null;
  readonly onPick: () => void;
  readonly keys?: readonly string[];
}

function PaletteAction({ icon, label, detail, onPick, keys = noKeys }: PaletteActionProps) {
  return (
    <Spotlight.Action onClick={onPick} className={classes.action ?? ''}>
      <span className={classes.icon}>{icon}</span>
      <span className={`truncate ${classes.label}`}>{label}</span>
      {detail && !/^\d{4}-\d{2}-\d{2}T/.test(detail) && (
        <span className={`truncate ${classes.detail}`}>{detail}</span>
      )}
      {keys.map((key, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- `g g` has the same key twice
        <Kbd key={`${key}${index}`}>{key}</Kbd>
      ))}
    </Spotlight.Action>
  );
}
