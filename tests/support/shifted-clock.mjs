// Loaded before the server (`node --import`): SIGUSR2 moves its clock on by 61 seconds, so that a test of
// something that expires need not wait for it.
const realNow = Date.now.bind(Date);
let shiftMs = 0;
Date.now = () => realNow() + shiftMs;
process.on('SIGUSR2', () => {
  shiftMs = 61_000;
  process.stderr.write(`clock moved by ${shiftMs} ms\n`);
});
