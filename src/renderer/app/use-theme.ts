import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/query.ts';

/** The theme is a setting of the file; the window follows it and can flip it. */
export function useThemeToggle(): { scheme: 'light' | 'dark'; toggle: () => void } {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const { setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const update = useMutation(api.settings.update.mutationOptions());

  function toggle(): void {
    const theme: 'light' | 'dark' = scheme === 'dark' ? 'light' : 'dark';
    setColorScheme(theme);
    queries.setQueryData(api.settings.get.queryKey(), (old) => old && { ...old, theme });
    update.mutate({ theme });
  }

  return { scheme, toggle };
}

/** Applies the setting when it arrives or is changed elsewhere. */
export function useThemeSetting(): void {
  const { setColorScheme } = useMantineColorScheme();
  const theme = useQuery(api.settings.get.queryOptions()).data?.theme;
  useEffect(() => {
    if (theme) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
}
