import { useWindowStore } from '../app/window-store.ts';
import type { Command } from './command.ts';

const screens = [
  { id: 'go_home', to: '/', key: 'h' },
  { id: 'go_contacts', to: '/contacts', key: 'c' },
  { id: 'go_companies', to: '/companies', key: 'o' },
  { id: 'go_deals', to: '/deals', key: 'd' },
  { id: 'go_tasks', to: '/tasks', key: 't' },
  { id: 'go_workflows', to: '/workflows', key: 'w' },
  { id: 'go_runs', to: '/runs', key: 'r' },
  { id: 'go_outbox', to: '/outbox', key: 'x' },
  { id: 'go_inbox', to: '/inbox', key: 'i' },
  { id: 'go_bin', to: '/bin', key: 'b' },
  { id: 'go_search', to: '/search', key: '/' },
  { id: 'go_settings', to: '/settings', key: 's' },
  { id: 'go_duplicates', to: '/duplicates', key: 'y' },
  { id: 'go_import', to: '/import', key: 'm' },
  { id: 'go_data_safety', to: '/settings/data-safety', key: 'a' },
] as const;

const objects = [
  { id: 'create_contact', object: 'contact' },
  { id: 'create_company', object: 'company' },
  { id: 'create_deal', object: 'deal' },
  { id: 'create_task', object: 'task' },
] as const;

/** What can be done from every screen. */
export function globalCommands(toggleTheme: () => void): readonly Command[] {
  const window = useWindowStore.getState;
  return [
    ...screens.map(
      ({ id, to, key }): Command => ({
        id,
        label: `commands:${id}`,
        section: 'go',
        shortcut: `g ${key}`,
        perform: ({ navigate }) => navigate(to),
      }),
    ),
    ...objects.map(
      ({ id, object }): Command => ({
        id,
        label: `commands:${id}`,
        section: 'create',
        keywords: 'add create',
        perform: ({ openCreate }) => openCreate(object),
      }),
    ),
    {
      id: 'create_here',
      label: 'commands:create_here',
      section: 'create',
      shortcut: 'c',
      keyboardOnly: true,
      perform: ({ openCreate }) => openCreate('deal'),
    },
    {
      id: 'open_palette',
      label: 'commands:open_palette',
      section: 'view',
      shortcut: 'mod+k',
      whileTyping: true,
      keyboardOnly: true,
      perform: () => window().openPalette(),
    },
    {
      id: 'show_shortcuts',
      label: 'commands:show_shortcuts',
      section: 'view',
      keywords: 'keyboard help keys',
      shortcut: '?',
      perform: () => window().openShortcuts(),
    },
    {
      id: 'go_help',
      label: 'commands:go_help',
      section: 'go',
      keywords: 'guide manual documentation diagnostics',
      shortcut: 'f1',
      perform: ({ navigate }) => navigate('/help'),
    },
    {
      id: 'go_whats_new',
      label: 'commands:go_whats_new',
      section: 'go',
      keywords: 'changelog version update',
      perform: ({ navigate }) => navigate('/help/whats-new'),
    },
    {
      id: 'toggle_theme',
      label: 'commands:toggle_theme',
      section: 'view',
      keywords: 'dark light theme colour color appearance',
      perform: toggleTheme,
    },
    {
      id: 'toggle_sidebar',
      label: 'commands:toggle_sidebar',
      section: 'view',
      shortcut: 'mod+b',
      perform: () => window().toggleSidebar(),
    },
  ];
}
