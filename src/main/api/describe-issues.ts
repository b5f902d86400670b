/** As much of an issue of any schema library as we read. */
interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

function keyOf(segment: PropertyKey | { readonly key: PropertyKey }): PropertyKey {
  return typeof segment === 'object' ? segment.key : segment;
}

/** `['actions', 2, 'config', 'title']` → `actions[2].config.title` */
function dottedPath(path: NonNullable<SchemaIssue['path']>): string {
  let text = '';
  for (const segment of path) {
    const key = keyOf(segment);
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}

function isMissing(data: unknown, path: NonNullable<SchemaIssue['path']>): boolean {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return true;
    value = Reflect.get(value, keyOf(segment));
  }
  return value === undefined;
}

/** Says what is wrong with an input: the first issue, the field it is about, and the cure. */
export function describeIssues(
  issues: readonly SchemaIssue[],
  data: unknown,
): { field: string; message: string } {
  const [issue] = issues;
  if (!issue) return { field: '', message: 'The input is not valid.' };
  // zod reports unknown keys on the object that holds them, so the field is that key.
  const unknownKeys = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
  const path = issue.path ?? [];
  const [unknownKey] = unknownKeys;
  if (unknownKey !== undefined) {
    const field = dottedPath([...path, unknownKey]);
    return { field, message: `Unknown or read-only key "${field}". Leave it out.` };
  }
  const field = dottedPath(path);
  if (field === '') return { field, message: 'The body must be a JSON object.' };
  if (isMissing(data, path)) return { field, message: `${field} is missing. Give it a value.` };
  return { field, message: /[.!?]$/.test(issue.message) ? issue.message : `${issue.message}.` };
}
