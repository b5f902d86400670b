/** The pages of the guide in reading order: the names of their files in docs/guide. */
export const guidePages = [
  'workflows',
  'when-a-workflow-fails',
  'contacts',
  'deals',
  'views',
  'search-and-undo',
  'mail',
  'other-programs',
  'backups',
  'privacy',
] as const;

export type GuidePage = (typeof guidePages)[number];

export function isGuidePage(name: string): name is GuidePage {
  return guidePages.some((page) => page === name);
}
