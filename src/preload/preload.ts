import { ipcRenderer } from 'electron';

/**
 * All the page gets from Electron: on request, one end of a channel whose other end goes to the main
 * process. A port cannot be put on `window` through the context bridge, so it travels as a message.
 * Each request makes a fresh one, so that the page can replace a port that was lost.
 */
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'trellis:request-port') return;
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage('trellis:port', null, [port1]);
  window.postMessage('trellis:port', location.origin, [port2]);
});
