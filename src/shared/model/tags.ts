/** The colours a tag may have, by their words; how each looks in light and dark the screens decide. */
export const tagColors = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const;

export type TagColor = (typeof tagColors)[number];

/** What a colour on file is; anything else, such as what SQL wrote, is grey. */
export function readTagColor(text: string | null): TagColor {
  return tagColors.find((color) => color === text) ?? 'grey';
}
