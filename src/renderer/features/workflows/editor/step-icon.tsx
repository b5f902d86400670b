import {
  Bell,
  CircleStop,
  Clock,
  Repeat,
  Signpost,
  Split,
  Tag,
  Braces,
  CircleHelp,
  CircleCheck,
  Handshake,
  type LucideIcon,
  PenLine,
  Mail,
  Webhook,
  StickyNote,
  Zap,
} from 'lucide-react';

const icons: Readonly<Record<string, LucideIcon>> = {
  create_task: CircleCheck,
  update_field: PenLine,
  create_deal: Handshake,
  send_notification: Bell,
  send_email: Mail,
  webhook: Webhook,
  create_note: StickyNote,
  add_tag: Tag,
  remove_tag: Tag,
  if: Split,
  switch: Signpost,
  for_each: Repeat,
  wait: Clock,
  stop: CircleStop,
};

/** The picture of a step type; a type without one of its own gets a plain one. */
export function StepIcon({
  type,
  known = true,
}: {
  readonly type: string;
  readonly known?: boolean;
}) {
  const Icon = icons[type] ?? (known ? Braces : CircleHelp);
  return <Icon size={16} aria-hidden />;
}

export function TriggerIcon() {
  return <Zap size={16} aria-hidden />;
}
