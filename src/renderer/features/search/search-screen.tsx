import { SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link, useNavigate, useSearch as useAddress } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { objectNames, type ObjectName } from '../../../shared/model/objects.ts';
import { rowCommands } from '../../commands/row-commands.ts';
import { useCommands } from '../../commands/registry.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatAgo, formatDayTime } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { objectIcons } from '../records/object-icons.ts';
import { recordRoutes } from '../records/record-api.ts';
import { useSearch } from './search-hits.ts';
import classes from './search.module.css';

/** Hits of each kind on the page. */
const shownHits = 20;

/** Everything that matches, by kind, the newest first. */
export function SearchScreen() {
  const { t } = useTranslation(['search', 'records']);
  const navigate = useNavigate();
  const { q: asked = '' } = useAddress({ strict: false });
  const [text, setText] = useState(asked);
  const [query] = useDebouncedValue(text.trim(), 60);
  const [kind, setKind] = useState<ObjectName | 'all'>('all');
  const [activeId, setActiveId] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { names, further, isSearching, error, retry } = useSearch(query, shownHits);

  useEffect(() => {
    // What is typed is in the address, so that going back finds it again.
    void navigate({ to: '/search', search: query === '' ? {} : { q: query }, replace: true });
  }, [query, navigate]);

  const hits = unique([...names, ...further]).filter(
    (hit) => kind === 'all' || hit.object === kind,
  );
  const exact = hits.filter((hit) => hit.found_by !== 'similar');
  const similar = hits.filter((hit) => hit.found_by === 'similar');
  const ordered = [
    ...objectNames.flatMap((object) => exact.filter((hit) => hit.object === object)),
    ...similar,
  ];
  const open = (hit: SearchHit | undefined) =>
    hit && void navigate({ to: recordRoutes[hit.object], params: { recordId: hit.id } });

  useCommands([
    {
      id: 'focus_filter',
      label: 'commands:focus_filter',
      section: 'list',
      shortcut: '/',
      keyboardOnly: true,
      perform: () => input.current?.focus(),
    },
    ...rowCommands(
      (step) => {
        const at = ordered.findIndex((hit) => hit.id === activeId);
        const next = ordered[Math.min(ordered.length - 1, Math.max(0, at + step))];
        if (next) setActiveId(next.id);
      },
      () => open(ordered.find((hit) => hit.id === activeId)),
    ),
  ]);

  return (
    <div className={classes.screen}>
      <PageHeader title={t('search:title')} />
      <div className={classes.asked}>
        <TextInput
          ref={input}
          className={classes.input ?? ''}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault();
              event.currentTarget.blur();
              setActiveId(ordered[0]?.id ?? null);
            }
          }}
          placeholder={t('search:placeholder')}
          aria-label={t('search:title')}
          leftSection={<Search size={14} aria-hidden />}
          autoFocus
          data-autofocus
        />
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(value) => setKind(value)}
          aria-label={t('search:kind')}
          data={[
            { value: 'all', label: t('search:everything') },
            ...objectNames.map((object) => ({
              value: object,
              label: t(`records:${object}.many`),
            })),
          ]}
        />
      </div>
      {error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : query === '' ? (
        <EmptyState
          icon={Search}
          title={t('search:empty_title')}
          text={t('search:empty_text')}
          example={t('search:empty_example')}
        />
      ) : hits.length === 0 && !isSearching ? (
        <EmptyState
          icon={Search}
          title={t('search:nothing', { query })}
          text={t('search:nothing_hint')}
        />
      ) : (
        <div className={classes.results} aria-busy={isSearching} data-testid="search-results">
          {objectNames.map((object) => (
            <Group
              key={object}
              title={t(`records:${object}.many`)}
              hits={exact.filter((hit) => hit.object === object)}
              activeId={activeId}
            />
          ))}
          <Group title={t('search:similar')} hits={similar} activeId={activeId} />
        </div>
      )}
    </div>
  );
}

/** A deal may be found by its name and by its text. */
function unique(hits: readonly SearchHit[]): SearchHit[] {
  const byId = new Map<string, SearchHit>();
  for (const hit of hits) if (!byId.has(hit.id)) byId.set(hit.id, hit);
  return [...byId.values()];
}

interface GroupProps {
  readonly title: string;
  readonly hits: readonly SearchHit[];
  readonly activeId: string | null;
}

function Group({ title, hits, activeId }: GroupProps) {
  if (hits.length === 0) return null;
  return (
    <section className={classes.group} aria-label={title}>
      <h2 className={classes.heading}>
        {title}
        <span className={classes.count}>{hits.length}</span>
      </h2>
      {hits.map((hit) => {
        const Icon = objectIcons[hit.object];
        return (
          <Link
            key={hit.id}
            to={recordRoutes[hit.object]}
            params={{ recordId: hit.id }}
            className={classes.hit}
            data-active={hit.id === activeId || undefined}
            ref={(element) => {
              if (hit.id === activeId) element?.scrollIntoView({ block: 'nearest' });
            }}
          >
            <Icon size={15} strokeWidth={1.75} aria-hidden />
            <span className={classes.name}>{hit.title}</span>
            <span className={classes.detail}>{detailOf(hit)}</span>
            <span className={classes.when}>{formatAgo(hit.updated_at)}</span>
          </Link>
        );
      })}
    </section>
  );
}

/** An activity without text tells when it is due. */
function detailOf({ detail }: SearchHit): string {
  if (detail === null) return '';
  return /^\d{4}-\d{2}-\d{2}T/.test(detail) ? formatDayTime(detail) : detail;
}
