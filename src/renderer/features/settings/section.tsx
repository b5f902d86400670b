import type { ReactNode } from 'react';
import classes from './settings.module.css';

interface SectionProps {
  /** What an address may point at. */
  readonly id?: string;
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** A group of settings: its name on the left, its inputs on the right. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section className={classes.section} id={id}>
      <div>
        <h2 className={classes.heading}>{title}</h2>
        {text && <p className={classes.text}>{text}</p>}
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}
