import classes from './html-frame.module.css';

/** What a mail program shows a mail in that says nothing of its own. */
const plainStyle = 'body { margin: 12px; font: 14px/1.5 system-ui, sans-serif }';

/** HTML that somebody else may have written, in a frame that may do nothing: no scripts, no links, no network. */
export function HtmlFrame({ title, html }: { readonly title: string; readonly html: string }) {
  return (
    <iframe
      sandbox=""
      title={title}
      srcDoc={`<meta charset="utf-8"><base target="_blank"><style>${plainStyle}</style>${html}`}
      className={classes.frame}
    />
  );
}
