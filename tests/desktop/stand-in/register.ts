import { registerHooks } from 'node:module';

const standIn = new URL('electron.ts', import.meta.url).href;

// Every import of "electron" in this process, also from inside a package, is the stand-in.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: standIn, format: 'module-typescript', shortCircuit: true };
  },
});
