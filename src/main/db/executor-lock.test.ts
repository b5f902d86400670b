import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { ExecutorLock } from './executor-lock.ts';

function lockOn(folder: string): ExecutorLock {
  const lock = new ExecutorLock(folder);
  onTestFinished(() => lock.release());
  return lock;
}

test('one holds it, the other gets it once it is given back', () => {
  const folder = temporaryFolder();
  const first = lockOn(folder);
  const second = lockOn(folder);
  expect(first.isHeld).toBe(false);
  expect(first.tryAcquire()).toBe(true);
  expect(first.tryAcquire()).toBe(true);
  expect(second.tryAcquire()).toBe(false);
  expect([first.isHeld, second.isHeld]).toEqual([true, false]);
  first.release();
  first.release();
  expect(second.tryAcquire()).toBe(true);
  expect(first.tryAcquire()).toBe(false);
});

test('two folders have two locks', () => {
  expect(lockOn(temporaryFolder()).tryAcquire()).toBe(true);
  expect(lockOn(temporaryFolder()).tryAcquire()).toBe(true);
});

test('it dies with its process', async () => {
  const folder = temporaryFolder();
  const script = `
    const { ExecutorLock } = await import(${JSON.stringify(new URL('executor-lock.ts', import.meta.url).href)});
    // Kept within reach, as the core keeps it: what is collected as garbage is closed, and gives its lock back.
    globalThis.lock = new ExecutorLock(${JSON.stringify(folder)});
    process.stdout.write(String(globalThis.lock.tryAcquire()));
    setInterval(() => undefined, 1000);
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script]);
  onTestFinished(() => void holder.kill('SIGKILL'));
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('true');
  const lock = lockOn(folder);
  expect(lock.tryAcquire()).toBe(false);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(lock.tryAcquire()).toBe(true);
});
