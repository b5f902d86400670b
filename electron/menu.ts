import { Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuParts {
  readonly platform: NodeJS.Platform;
  readonly forDevelopment: boolean;
  readonly show: (route: `#/${string}`) => void;
  readonly quickAdd: () => void;
}

/** The menu people expect of their system; the commands of the app are in the page. */
export function setMenu({ platform, forDevelopment, show, quickAdd }: MenuParts): void {
  const isMac = platform === 'darwin';
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (forDevelopment) {
    view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' });
  }
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => show('#/settings'),
  };
  const file: MenuItemConstructorOptions[] = [
    { label: 'Quick add…', click: quickAdd },
    { type: 'separator' },
    { label: 'Data safety…', click: () => show('#/settings/data-safety') },
    // On macOS it is where people look for it, under the app's own name.
    ...(isMac ? [] : [settings]),
    { type: 'separator' },
    isMac ? { role: 'close' } : { role: 'quit' },
  ];
  const template: MenuItemConstructorOptions[] = [
    { label: 'File', submenu: file },
    // Without it macOS has no Cut, Copy and Paste, not even by keyboard.
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Guide', click: () => show('#/help') },
        { label: 'What’s new', click: () => show('#/help/whats-new') },
        { label: 'Diagnostics', click: () => show('#/help/diagnostics') },
        { label: 'Privacy and connections', click: () => show('#/help/privacy') },
      ],
    },
  ];
  if (isMac) {
    template.unshift({
      role: 'appMenu',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        settings,
        { type: 'separator' },
        { role: 'services' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    });
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
