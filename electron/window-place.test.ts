import { describe, expect, test } from 'vitest';
import { smallest, windowPlace } from './window-place.ts';

const primary = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -2560, y: 0, width: 2560, height: 1440 };
const saved = { x: 100, y: 100, width: 1200, height: 800, maximized: false };

describe('the window opens', () => {
  test('in a good size and centred the first time', () => {
    expect(windowPlace(undefined, [primary])).toEqual({
      width: 1440,
      height: 900,
      maximized: false,
    });
  });

  test('where it was', () => {
    expect(windowPlace(saved, [primary])).toEqual(saved);
    const onTheLeft = { ...saved, x: -2000, maximized: true };
    expect(windowPlace(onTheLeft, [primary, left])).toEqual(onTheLeft);
  });

  test('centred when the display it was on is gone', () => {
    const { width, height } = saved;
    expect(windowPlace({ ...saved, x: -2000 }, [primary])).toEqual({
      width,
      height,
      maximized: false,
    });
  });

  test.each([
    ['above the screen', { y: -300 }],
    ['below it', { y: 1075 }],
    ['all but out at the right', { x: 1900 }],
    ['all but out at the left', { x: -1150 }],
  ])('centred when its title bar would be %s', (_where, part) => {
    expect(windowPlace({ ...saved, ...part }, [primary])).not.toHaveProperty('x');
  });

  test('no larger than its display and no smaller than its screens need', () => {
    expect(windowPlace({ ...saved, width: 9_000, height: 9_000 }, [primary])).toMatchObject({
      width: primary.width,
      height: primary.height,
    });
    expect(windowPlace({ ...saved, width: 10, height: 10 }, [primary])).toMatchObject(smallest);
    const tiny = { x: 0, y: 0, width: 800, height: 600 };
    expect(windowPlace(undefined, [tiny])).toMatchObject({ width: 800, height: 600 });
  });

  test.each([
    null,
    'place',
    {},
    { ...saved, x: 'left' },
    { ...saved, width: 1e9 },
    { ...saved, y: 0.5 },
  ])('as the first time when the file says %j', (stored) => {
    expect(windowPlace(stored, [primary])).toEqual(windowPlace(undefined, [primary]));
  });
});
