const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 812 B, 4.2 kB, 118 MB: two or three digits are enough to compare by. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}
