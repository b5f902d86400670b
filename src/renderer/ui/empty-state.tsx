import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from './message.module.css';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** One line on what belongs here. */
  readonly text: string;
  /** One primary action. */
  readonly action?: ReactNode;
  readonly example?: string;
}

export function EmptyState({ icon: Icon, title, text, action, example }: EmptyStateProps) {
  return (
    <div className={classes.message}>
      <Icon className={classes.icon} size={24} strokeWidth={1.5} aria-hidden />
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{text}</p>
      {action && <div className={classes.action}>{action}</div>}
      {example && <p className={classes.example}>{example}</p>}
    </div>
  );
}
