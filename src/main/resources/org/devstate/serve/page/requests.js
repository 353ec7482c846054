// Requests to the board's server.

const PATIENCE_MS = 20_000;

/** Sends a request. The address of the page may name its user, as in https://wall:password@…; a request must not. */
export function send(path, options) {
  return fetch(new URL(path, location.origin + location.pathname), { cache: 'no-store', ...options });
}

/** Reads one answer as JSON. An error carries what the server answered. */
export async function getJson(path) {
  const answer = await send(path, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) {
    throw await failure(answer);
  }
  return answer.json();
}

/** Has something changed, and reads the answer as JSON. An error carries the reason why it was not. */
export async function change(method, path, body) {
  let answer;
  try {
    answer = await send(path, {
      method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw new Error(`${reasonOf(error)} Whether it was done is not known: look at the tile.`);
  }
  if (!answer.ok) {
    throw new Error(`Not done: ${await detailOf(answer) || `the board's server answered ${answer.status}`}.`);
  }
  return answer.json();
}

/** Why a request failed, for people. */
export function reasonOf(error) {
  if (error.name === 'TimeoutError') {
    return `The board's server has not answered within ${PATIENCE_MS / 1000} seconds.`;
  }
  return error instanceof TypeError ? 'The board\'s server cannot be reached.' : String(error.message);
}

/** What an answer that is an error has to say. */
export async function failure(answer) {
  const detail = await detailOf(answer);
  if (answer.status === 401 || answer.status === 403) {
    return new Error(`Not allowed to look (${answer.status}). ${detail} Load this page again to log in.`);
  }
  return new Error(answer.status === 404 && detail ? detail : `The board's server answered ${answer.status}. ${detail}`.trim());
}

async function detailOf(answer) {
  try {
    const problem = await answer.json();
    return problem.detail || problem.title || '';
  } catch {
    return ''; // it is no JSON: its status is all there is
  }
}
