const code = `
  const realNow = Date.now.bind(Date);
  let shiftMs = 0;
  Date.now = () => realNow() + shiftMs;
  process.on('SIGUSR2', () => {
    shiftMs = 61_000;
    process.stderr.write('clock moved\\n');
  });`;

/**
 * Arguments of Node after which SIGUSR2 moves the clock of the process on by 61 seconds, so that a test of something
 * that expires need not wait for it.
 */
export const shiftedClock = ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
