import classes from './html-frame.module.css';

/** HTML that somebody else may have written, in a frame that may do nothing: no scripts, no links, no network. */
export function HtmlFrame({ title, html }: { readonly title: string; readonly html: string }) {
  return (
    <iframe
      sandbox=""
      title={title}
      srcDoc={`<meta charset="utf-8"><base target="_blank">${html}`}
      className={classes.frame}
    />
  );
}
