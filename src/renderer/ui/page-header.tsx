import type { ReactNode } from 'react';
import classes from './page-header.module.css';

interface PageHeaderProps {
  readonly title: string;
  /** Right after the title: a count, tabs, filter chips. */
  readonly children?: ReactNode;
  /** At the end: search, the primary action. */
  readonly actions?: ReactNode;
}

export function PageHeader({ title, children, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.middle}>{children}</div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
