import type { KeyboardCoordinateGetter } from '@dnd-kit/core';

const directions: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** The arrow keys take a card from one stage to the next, won and lost after the last. */
export const columnKeys: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const direction = directions[event.code];
  if (!direction) return undefined;
  event.preventDefault();

  const stages = context.droppableContainers
    .getEnabled()
    .flatMap((container) => {
      const rect = context.droppableRects.get(container.id);
      const position: unknown = container.data.current?.position;
      return rect && typeof position === 'number' ? [{ id: container.id, position, rect }] : [];
    })
    .toSorted((a, b) => a.position - b.position);
  const origin: unknown = context.active?.data.current?.stage;
  const at = stages.findIndex(({ id }) => id === (context.over?.id ?? origin));
  const target = stages[at + direction];
  const card = context.collisionRect;
  if (!target || !card) return currentCoordinates;
  return {
    x: target.rect.left + (target.rect.width - card.width) / 2,
    // A column's top, where its title says which it is; the middle of a zone.
    y:
      target.rect.height > card.height
        ? target.rect.top + 48
        : target.rect.top + (target.rect.height - card.height) / 2,
  };
};
