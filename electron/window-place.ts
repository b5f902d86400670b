import { z } from 'zod';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const coordinate = z.number().int().min(-100_000).max(100_000);

const placeSchema = z.object({
  x: coordinate,
  y: coordinate,
  width: coordinate,
  height: coordinate,
  maximized: z.boolean(),
});

/** The smallest window the screens are made for. */
export const smallest = { width: 1024, height: 700 } as const;

const first = { width: 1440, height: 900 } as const;

/** So much of the title bar must be on a screen, or nobody could take hold of the window. */
const grip = { width: 120, height: 24 } as const;

/**
 * Where to open the window: where it was, as long as that can still be seen.
 *
 * @param stored what the file says; anything
 * @param workAreas of the displays there are now, the primary first
 * @returns without x and y: centred on the primary display
 */
export function windowPlace(
  stored: unknown,
  workAreas: readonly Rectangle[],
): Partial<Rectangle> & { width: number; height: number; maximized: boolean } {
  const saved = placeSchema.safeParse(stored);
  if (!saved.success) return { ...fit(first, workAreas[0]), maximized: false };
  const { x, y, maximized } = saved.data;
  const area = workAreas.find((candidate) => canBeGripped(saved.data, candidate));
  if (area === undefined) return { ...fit(saved.data, workAreas[0]), maximized };
  return { x, y, ...fit(saved.data, area), maximized };
}

function canBeGripped(window: Rectangle, area: Rectangle): boolean {
  const seen = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return seen >= grip.width && window.y >= area.y && window.y + grip.height <= area.y + area.height;
}

function fit(size: { width: number; height: number }, area: Rectangle | undefined) {
  const width = Math.max(size.width, smallest.width);
  const height = Math.max(size.height, smallest.height);
  if (area === undefined) return { width, height };
  return { width: Math.min(width, area.width), height: Math.min(height, area.height) };
}
