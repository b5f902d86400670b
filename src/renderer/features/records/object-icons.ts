import { Building2, CircleCheck, type LucideIcon, Target, Users } from 'lucide-react';
import type { ObjectName } from '../../../shared/model/objects.ts';

export const objectIcons: Readonly<Record<ObjectName, LucideIcon>> = {
  contact: Users,
  company: Building2,
  deal: Target,
  task: CircleCheck,
};
