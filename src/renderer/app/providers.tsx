import {
  localStorageColorSchemeManager,
  MantineProvider,
  mergeThemeOverrides,
} from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/query.ts';
import { useSession } from '../api/session.ts';
import { RecoveryGate } from '../features/recovery/recovery-gate.tsx';
import { LiveConnection } from './live-connection.tsx';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

// A copy of the theme setting, so that the first paint has the right colours before the file answers.
const colorScheme = localStorageColorSchemeManager({ key: 'trellis-theme' });

const TokenPage = lazy(async () => ({
  default: (await import('./shell/token-page.tsx')).TokenPage,
}));

// The small window over other programs has this page, and none of the frame around the screens.
const isQuickAdd = location.hash === '#/quick-add';
const QuickAdd = lazy(async () => ({
  default: (await import('../features/quick-add/quick-add.tsx')).QuickAdd,
}));

const openInbox = () => void router.navigate({ to: '/inbox' });

export function Providers() {
  const { t } = useTranslation('common');
  const session = useSession((state) => state.state);
  // Words are not there yet when the theme is made: every cross gets its name here.
  const named = useMemo(() => {
    const close = { defaultProps: { 'aria-label': t('close') } };
    return mergeThemeOverrides(theme, { components: { CloseButton: close } });
  }, [t]);
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} autoClose={6_000} />
        {session === 'ready' ? (
          <RecoveryGate>
            {isQuickAdd ? (
              <Suspense>
                <QuickAdd />
              </Suspense>
            ) : (
              <>
                <LiveConnection onOpenInbox={openInbox} />
                <RouterProvider router={router} />
              </>
            )}
          </RecoveryGate>
        ) : (
          <Suspense>
            <TokenPage />
          </Suspense>
        )}
      </QueryClientProvider>
    </MantineProvider>
  );
}
