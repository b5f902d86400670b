import { Link } from '@tanstack/react-router';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import classes from './help.module.css';
import { pictureAddress } from './guide.ts';
import { isGuidePage } from './guide-pages.ts';

const components: Components = {
  a: ({ href = '', children }) => {
    const page = /^(?:\.\/)?([\w-]+)\.md$/.exec(href)?.[1];
    if (page !== undefined && isGuidePage(page)) {
      return (
        <Link to="/help/{-$page}" params={{ page }}>
          {children}
        </Link>
      );
    }
    // A screen of ours: every host has it under the same fragment.
    if (href.startsWith('#/')) return <a href={href}>{children}</a>;
    return (
      <a href={href} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  },
  img: ({ src, alt = '' }) => (
    <img src={pictureAddress(String(src))} alt={alt} loading="lazy" className={classes.picture} />
  ),
};

const plugins = [remarkGfm];

/** Text of our own as a page. HTML in it is shown as it stands, never taken for elements. */
export function MarkdownPage({ text }: { readonly text: string }) {
  return (
    <Markdown remarkPlugins={plugins} components={components}>
      {text}
    </Markdown>
  );
}
