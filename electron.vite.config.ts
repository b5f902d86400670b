import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'electron-vite';

const root = import.meta.dirname;

/**
 * Every entry is named: left alone, electron-vite looks for `src/main/index.ts`, and the core must
 * never be taken for the desktop's entry. An entry whose file is not there is left out.
 */
const entries = {
  main: present({
    main: 'electron/main.ts',
    server: 'server/main.ts',
    // Started by its path, so it keeps its name.
    'checkpoint-worker': 'hosts/checkpoint-worker.ts',
    'reader-worker': 'hosts/reader-worker.ts',
    'rehearsal-worker': 'hosts/rehearsal-worker.ts',
    'backup-worker': 'src/main/backup/backup-worker.ts',
  }),
  preload: present({ preload: 'src/preload/preload.ts' }),
  renderer: present({ index: 'src/renderer/index.html' }),
};

function present(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files)
      .map(([name, file]) => [name, resolve(root, file)] as const)
      .filter(([, file]) => existsSync(file)),
  );
}

const config: UserConfig = {};

if (Object.keys(entries.main).length > 0) {
  config.main = {
    build: {
      // Not Electron's own Node alone: the server host also runs on the machine's Node.
      target: 'node22.12',
      // package.json's `dependencies` stay outside the bundle, all else goes in.
      externalizeDeps: true,
      sourcemap: true,
      rolldownOptions: {
        input: entries.main,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}

if (Object.keys(entries.preload).length > 0) {
  config.preload = {
    build: {
      // A sandboxed preload is CommonJS and may require nothing but "electron".
      externalizeDeps: false,
      rolldownOptions: {
        input: entries.preload,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  };
}

if (Object.keys(entries.renderer).length > 0) {
  config.renderer = {
    root: resolve(root, 'src/renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      rolldownOptions: { input: entries.renderer },
    },
  };
}

export default defineConfig(config);
