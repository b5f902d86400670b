import { app, Menu, type MenuItemConstructorOptions, Tray } from 'electron';
import type { Core } from '../src/main/create-core.ts';
import type { AutomationStatus } from '../src/main/automation-status.ts';
import type { Logger } from '../src/main/ports.ts';

export interface TrayParts {
  readonly icon: string;
  readonly automation: Core['automation'];
  readonly logger: Logger;
  readonly show: (route?: `#/${string}`) => void;
  readonly quickAdd: () => void;
}

/** A burst of changes is one look at the file, in milliseconds. */
const lookAfter = 500;

/** The icon beside the system's clock: how automation does, and the way back to the window. */
export function addTray({ icon, automation, logger, show, quickAdd }: TrayParts): () => void {
  const tray = new Tray(icon);
  let timer: NodeJS.Timeout | null = null;

  function update(): void {
    timer = null;
    try {
      const status = automation.status();
      tray.setToolTip(describeStatus(status));
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(status)));
      app.setBadgeCount(status.unread);
    } catch (error) {
      // The next change brings the next look.
      logger.error(`The tray could not be brought up to date: ${String(error)}`);
    }
  }

  function trayMenu(status: AutomationStatus): MenuItemConstructorOptions[] {
    return [
      { label: 'Open Trellis', click: () => show() },
      { label: 'Quick add…', click: quickAdd },
      { type: 'separator' },
      { label: waitingWords(status), click: () => show('#/runs') },
      { label: failedWords(status), click: () => show('#/runs') },
      {
        label: 'Pause all automation',
        type: 'checkbox',
        checked: status.paused,
        click: () => {
          automation.setPaused(!status.paused);
          update();
        },
      },
      { type: 'separator' },
      { label: 'Quit', click: () => app.quit() },
    ];
  }

  const stop = automation.onChange(() => {
    timer ??= setTimeout(update, lookAfter);
  });
  // A click opens the menu by itself on macOS and most of Linux; on Windows it is the way to the window.
  tray.on('click', () => {
    if (process.platform === 'win32') show();
  });
  update();
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
    tray.destroy();
  };
}

const waitingWords = ({ waiting }: AutomationStatus): string =>
  waiting === 1 ? '1 run is waiting' : `${waiting} runs are waiting`;

const failedWords = ({ failed }: AutomationStatus): string =>
  failed === 0 ? 'No run failed today' : `${failed} failed today`;

function describeStatus(status: AutomationStatus): string {
  if (status.paused) return 'Trellis: automation is paused';
  return `Trellis: ${waitingWords(status)}, ${failedWords(status).toLowerCase()}`;
}
