import type { GuidePage } from './guide-pages.ts';

const root = '../../../../docs/guide';

/** A chunk for each page: nobody reads them all. */
const texts = import.meta.glob<string>('../../../../docs/guide/*.md', {
  query: '?raw',
  import: 'default',
});

const pictures = import.meta.glob<string>('../../../../docs/guide/pictures/*.webp', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The Markdown of a page. */
export async function readGuidePage(page: GuidePage): Promise<string> {
  const read = texts[`${root}/${page}.md`];
  if (read === undefined) throw new Error(`docs/guide has no page ${page}`);
  return await read();
}

/** @param source as a page names it: `pictures/workflow.webp` */
export function pictureAddress(source: string): string | undefined {
  return pictures[`${root}/${source}`];
}

/** All changes, newest version first, as Markdown. */
export async function readChanges(): Promise<string> {
  return (await import('../../../../CHANGELOG.md?raw')).default;
}
