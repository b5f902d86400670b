/** Scheme of links that open a record in Trellis, from a note, a calendar or a mail. */
export const linkScheme = 'trellis';

const screens: Readonly<Record<string, string>> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  task: 'tasks',
  workflow: 'workflows',
  run: 'runs',
};

/** Ids are UUIDs; nothing else of a link from outside gets into the page. */
const idPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Where the page shows what a link names: `trellis://deal/ID` is a deal.
 *
 * @returns null for anything that is no link of ours
 */
export function deepLinkRoute(url: string): `#/${string}` | null {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== `${linkScheme}:` || parsed.search !== '' || parsed.hash !== '') {
    return null;
  }
  const screen = screens[parsed.host];
  const id = parsed.pathname.slice(1).replace(/\/$/, '');
  return screen === undefined || !idPattern.test(id) ? null : `#/${screen}/${id.toLowerCase()}`;
}

/** The link among the arguments of a start: Windows and Linux pass it as one. */
export function routeOfArguments(args: readonly string[]): `#/${string}` | null {
  for (const argument of args) {
    const route = deepLinkRoute(argument);
    if (route !== null) return route;
  }
  return null;
}
