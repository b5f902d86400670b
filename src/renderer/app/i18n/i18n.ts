import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

export async function startI18n(): Promise<void> {
  // initReactI18next makes it the instance that `useTranslation` finds.
  await createInstance()
    .use(initReactI18next)
    .init({
      lng: 'en',
      fallbackLng: 'en',
      defaultNS: 'common',
      resources: { en },
      // React escapes; twice would show `&amp;`.
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}
