import type { ReactNode } from 'react';
import classes from './setting-line.module.css';

interface SettingLineProps {
  readonly title: ReactNode;
  /** What is said of it, below its title. */
  readonly children?: ReactNode;
  readonly actions: ReactNode;
}

/** One of several things a section of Settings holds, and what can be done with it. */
export function SettingLine({ title, children, actions }: SettingLineProps) {
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        {title}
        {children}
      </div>
      <div className={classes.actions}>{actions}</div>
    </div>
  );
}
