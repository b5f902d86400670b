import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { takeCodeFromAddress } from './api/session.ts';
import { Providers } from './app/providers.tsx';
import { startI18n } from './app/i18n/i18n.ts';

// The page's CSP forbids `eval`, which zod would use to speed up its parsers.
z.config({ jitless: true });

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  // The router owns the address' fragment, so the one-time code must be out of it first.
  await Promise.all([takeCodeFromAddress(), startI18n()]);
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  );
}

void start();
