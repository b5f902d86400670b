// Preloaded into Electron's installer. It downloads with the global fetch, which waits for a silent
// network for ever: here it gives up after a while and shows how far it is.

const patience = 20000;
const plainFetch = globalThis.fetch;

/** @type {typeof fetch} */
globalThis.fetch = async (input, init) => {
  const host = new URL(input instanceof Request ? input.url : input).host;
  const silence = new AbortController();
  const stop = () => silence.abort(new Error(`${host} did not answer for ${patience / 1000} s`));
  let alarm = setTimeout(stop, patience);
  let response;
  try {
    response = await plainFetch(input, { ...init, signal: silence.signal });
  } catch (error) {
    throw new Error(reason(error, host), { cause: error });
  } finally {
    clearTimeout(alarm);
  }
  if (!response.ok || response.body === null) return response;

  const total = Number(response.headers.get('content-length'));
  const show = progress(total);
  let received = 0;
  alarm = setTimeout(stop, patience);
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        alarm.refresh();
        received += chunk.length;
        show(received);
        controller.enqueue(chunk);
      },
      flush() {
        clearTimeout(alarm);
      },
    }),
  );
  return new Response(counted, response);
};

/**
 * @param {unknown} error
 * @param {string} host
 */
function reason(error, host) {
  if (!(error instanceof Error)) return String(error);
  // Node's fetch says "fetch failed" and keeps what happened in the cause.
  const { cause } = error;
  if (cause instanceof Error) {
    const code = 'code' in cause ? String(cause.code) : cause.message;
    return `${host} cannot be reached (${code})`;
  }
  return error.message;
}

/** @param {number} total in bytes; 0 when the server does not say */
function progress(total) {
  const step = process.stdout.isTTY ? 1 : 25;
  let shown = 0;
  return (/** @type {number} */ received) => {
    if (total === 0) return;
    const percent = Math.floor((received / total) * 100);
    if (percent < shown + step) return;
    shown = percent - (percent % step);
    const line = `Electron: ${shown} % of ${Math.round(total / 1e6)} MB`;
    process.stdout.write(
      process.stdout.isTTY ? `\r${line}${shown === 100 ? '\n' : ''}` : `${line}\n`,
    );
  };
}
