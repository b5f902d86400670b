import { describe, expect, test } from 'vitest';
import { literalText } from './literal-text.ts';
import { sourceFiles } from './source-files.ts';

describe('literal text in JSX', () => {
  test.each([
    '<p>Save</p>',
    '<>Save</>',
    "<p>{'Save'}</p>",
    '<p>{`Save ${name}`}</p>',
    "<p>{open ? 'Save' : t('no')}</p>",
    "<p>{open && 'Save'}</p>",
    "<p>{name ?? 'Save'}</p>",
    "<p>{'Save ' + name}</p>",
    '<Field label="Save" />',
    "<Field label={open ? 'Save' : undefined} />",
    '<button aria-label="Save" />',
    "<Field icon={<i title={'Save'} />} />",
  ])('%s is seen', (jsx) => {
    expect(literalText('plant.tsx', `const a = ${jsx};`)).toEqual(['plant.tsx:1 Save']);
  });

  test.each([
    "<p>{t('deal.save')}</p>",
    '<p>{name} · {count} %</p>',
    '<Button variant="filled" type="submit">{label}</Button>',
    "<p>{kind === 'deal' && <Deal />}</p>",
    "<p className={open ? 'open' : 'shut'}>{name}</p>",
    "<ul>{list.filter((one) => one.kind === 'a').map((one) => <li key={one.id}>{one.name}</li>)}</ul>",
  ])('%s passes', (jsx) => {
    expect(literalText('plant.tsx', `const a = ${jsx};`)).toEqual([]);
  });

  test('is nowhere in the screens', () => {
    const found = sourceFiles('src/renderer/**/*.tsx').flatMap(({ path, text }) =>
      literalText(path, text),
    );
    expect(found).toEqual([]);
  });
});
