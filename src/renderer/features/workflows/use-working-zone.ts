import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/query.ts';

/** The zone that days are counted in where a workflow names none: that of Settings, else the machine's. */
export function useWorkingZone(): string {
  const settings = useQuery(api.settings.get.queryOptions());
  const info = useQuery(api.system.info.queryOptions());
  return settings.data?.time_zone ?? info.data?.time_zone ?? 'UTC';
}
