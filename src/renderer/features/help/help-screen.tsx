import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useWindowStore } from '../../app/window-store.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { DiagnosticsReport } from './diagnostics-report.tsx';
import { readChanges, readGuidePage } from './guide.ts';
import { type GuidePage, guidePages, isGuidePage } from './guide-pages.ts';
import classes from './help.module.css';
import { LastConnections } from './last-connections.tsx';
import { MarkdownPage } from './markdown.tsx';

const ownPages = ['whats-new', 'diagnostics'] as const;

/** The guide, what is new, and what helps to find a fault. */
export function HelpScreen() {
  const { t } = useTranslation('help');
  const { page = guidePages[0] } = useParams({ from: '/help/{-$page}' });
  const openShortcuts = useWindowStore((state) => state.openShortcuts);
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes.screen}>
        <nav className={classes.contents} aria-label={t('title')}>
          <h2 className={classes.heading}>{t('guide')}</h2>
          {guidePages.map((name) => (
            <PageLink key={name} page={name} isOpen={name === page} />
          ))}
          <h2 className={classes.heading}>{t('about')}</h2>
          <button type="button" className={classes.entry} onClick={openShortcuts}>
            {t('pages.shortcuts')}
          </button>
          {ownPages.map((name) => (
            <PageLink key={name} page={name} isOpen={name === page} />
          ))}
        </nav>
        {/* The key begins each page at its top. */}
        <article key={page} className={classes.page}>
          <div className={classes.text}>
            <Page name={page} />
          </div>
        </article>
      </div>
    </>
  );
}

interface PageLinkProps {
  readonly page: GuidePage | (typeof ownPages)[number];
  readonly isOpen: boolean;
}

function PageLink({ page, isOpen }: PageLinkProps) {
  const { t } = useTranslation('help');
  return (
    <Link
      to="/help/{-$page}"
      params={{ page }}
      className={classes.entry}
      data-active={isOpen || undefined}
      aria-current={isOpen ? 'page' : undefined}
    >
      {t(`pages.${page}`)}
    </Link>
  );
}

function Page({ name }: { readonly name: string }) {
  const { t } = useTranslation('help');
  if (name === 'diagnostics') return <DiagnosticsReport />;
  if (name !== 'whats-new' && !isGuidePage(name)) return <p>{t('no_page')}</p>;
  return (
    <>
      <TextPage name={name} />
      {name === 'privacy' && <LastConnections />}
    </>
  );
}

function TextPage({ name }: { readonly name: 'whats-new' | GuidePage }) {
  const text = useQuery({
    queryKey: ['guide', name],
    queryFn: () => (name === 'whats-new' ? readChanges() : readGuidePage(name)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text.isError) return <ErrorState error={text.error} onRetry={() => void text.refetch()} />;
  if (text.data === undefined) return <Skeleton height={200} aria-busy="true" />;
  return <MarkdownPage text={text.data} />;
}
