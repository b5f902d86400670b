import { EventEmitter } from 'node:events';
import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { App } from 'electron';
import { needNotReady, preventable, state } from './state.ts';

let ready = () => {};
const readiness = new Promise<void>((resolve) => {
  ready = resolve;
});

const members = {
  isPackaged: true,
  enableSandbox() {
    needNotReady('app.enableSandbox');
    state.calls.push('enableSandbox');
  },
  setPath(name, path) {
    state.calls.push(`setPath ${name}`);
    if (!isAbsolute(path) || !statSync(path).isDirectory()) {
      throw new Error(`app.setPath('${name}') needs an existing folder: ${path}`);
    }
    state.paths.set(name, path);
  },
  getPath(name) {
    const path = state.paths.get(name);
    if (path === undefined) throw new Error(`The stand-in electron has no path '${name}'`);
    return path;
  },
  getVersion: () => '9.8.7',
  setAsDefaultProtocolClient(scheme) {
    state.calls.push(`setAsDefaultProtocolClient ${scheme}`);
    return true;
  },
  getLoginItemSettings: () => {
    throw new Error('The stand-in is a Linux desktop, which has no login items');
  },
  setLoginItemSettings() {
    throw new Error('The stand-in is a Linux desktop, which has no login items');
  },
  setBadgeCount(count = 0) {
    state.badge = count;
    return true;
  },
  setAppUserModelId() {
    state.calls.push('setAppUserModelId');
  },
  requestSingleInstanceLock() {
    state.calls.push('requestSingleInstanceLock');
    return state.isFirstInstance;
  },
  whenReady: () => readiness,
  quit() {
    state.calls.push('quit');
    const before = preventable({});
    app.emit('before-quit', before);
    if (before.defaultPrevented) return;
    for (const window of state.windows) window.close();
    end(0);
  },
  relaunch() {
    state.calls.push('relaunch');
  },
  exit(code = 0) {
    state.calls.push('exit');
    end(code);
  },
} satisfies Pick<
  App,
  | 'isPackaged'
  | 'setAsDefaultProtocolClient'
  | 'getLoginItemSettings'
  | 'setLoginItemSettings'
  | 'setBadgeCount'
  | 'enableSandbox'
  | 'setPath'
  | 'getPath'
  | 'getVersion'
  | 'setAppUserModelId'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'relaunch'
>;

/** Its emitter is Node's own, as Electron's is. */
export const app = Object.assign(new EventEmitter(), members);

/** In the real thing the process is gone after this. */
function end(code: number): void {
  if (state.exitCode !== null) return;
  state.exitCode = code;
  app.emit('quit', {}, code);
}

/** To be called once the main module was evaluated: Electron too waits for that. */
export function becomeReady(): void {
  state.ready = true;
  ready();
}
