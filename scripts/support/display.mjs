import { spawn } from 'node:child_process';

/**
 * Whether a window could appear. macOS and Windows always have a desktop.
 *
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function hasDisplay(platform = process.platform, env = process.env) {
  if (platform !== 'linux') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Asks the desktop to open a page. Nothing depends on it: the URL was printed.
 *
 * @param {string} url
 */
export function openInBrowser(url) {
  if (process.env.CI === 'true' || !hasDisplay()) return;
  const windows = process.platform === 'win32';
  const [command, args] = windows
    ? ['cmd.exe', ['/d', '/c', 'start', '""', `"${url}"`]]
    : [process.platform === 'darwin' ? 'open' : 'xdg-open', [url]];
  const child = spawn(command, args, {
    stdio: 'ignore',
    detached: true,
    windowsVerbatimArguments: windows,
  });
  child.on('error', () => {});
  child.unref();
}
