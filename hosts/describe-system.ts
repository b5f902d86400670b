import { arch, platform, release } from 'node:os';

/** What the program runs on, for the diagnostics report. Nothing that names the computer or its user. */
export function describeSystem(): string {
  const { node, electron } = process.versions;
  return [
    `${platform()} ${release()} ${arch()}`,
    `Node ${node}`,
    ...(electron === undefined ? [] : [`Electron ${electron}`]),
  ].join(', ');
}
