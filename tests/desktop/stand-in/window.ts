import { EventEmitter } from 'node:events';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  HandlerDetails,
  Rectangle,
  WebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron';
import { app } from './app.ts';
import { needReady, preventable, state } from './state.ts';
import { strict } from './strict.ts';

type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

/** A frame as the main process sees it. */
export function frame(url: string, parent: object | null = null) {
  return strict('WebFrameMain', { url, parent }) satisfies Record<
    keyof Pick<WebFrameMain, 'url' | 'parent'>,
    unknown
  >;
}

export class StandInContents
  extends EventEmitter
  implements Pick<WebContents, 'setWindowOpenHandler' | 'executeJavaScript' | 'reload'>
{
  windowOpenHandler: WindowOpenHandler | null = null;
  readonly scripts: string[] = [];
  reloads = 0;

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }

  executeJavaScript(code: string): Promise<unknown> {
    this.scripts.push(code);
    return Promise.resolve();
  }

  reload(): void {
    this.reloads += 1;
  }
}

export class StandInWindow
  extends EventEmitter
  implements
    Pick<
      BrowserWindow,
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'minimize'
      | 'restore'
      | 'maximize'
      | 'close'
      | 'isMinimized'
      | 'isMaximized'
      | 'isDestroyed'
      | 'getNormalBounds'
      | 'setBounds'
    >
{
  readonly webContents = strict('webContents', new StandInContents());
  /** `show`, `focus`, `restore` … */
  readonly calls: string[] = [];
  url = '';
  private bounds: Rectangle;
  private minimized = false;
  private maximized = false;
  private destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    needReady('new BrowserWindow');
    const { x = 10, y = 20, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    state.windowOptions.push(options);
    app.emit('web-contents-created', preventable({}), this.webContents);
  }

  /** Loads through the protocol the app registered, as Chromium would. */
  async loadURL(url: string): Promise<void> {
    this.url = url;
    const handler = state.protocols.get(new URL(url).protocol.slice(0, -1));
    const response = await handler?.(new Request(url.split('#', 1)[0] ?? url));
    if (response?.status !== 200) throw new Error(`ERR_FAILED loading '${url}'`);
    this.emit('ready-to-show');
  }

  show(): void {
    this.calls.push('show');
  }

  focus(): void {
    this.calls.push('focus');
  }

  minimize(): void {
    this.minimized = true;
  }

  restore(): void {
    this.minimized = false;
    this.calls.push('restore');
  }

  maximize(): void {
    this.maximized = true;
  }

  close(): void {
    if (this.destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.destroyed = true;
    state.windows.splice(0, state.windows.length, ...state.windows.filter((one) => one.isOpen()));
    this.emit('closed');
    if (state.windows.length === 0) app.emit('window-all-closed');
  }

  isOpen(): boolean {
    return !this.destroyed;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
  }
}
