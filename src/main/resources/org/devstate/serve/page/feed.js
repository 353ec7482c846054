// What the server sends: all states once, then each change.

import { failure, getJson, reasonOf, send } from './requests.js';

const SILENCE_MS = 15_000; // it sends something every 10 s
const LONGEST_PAUSE_MS = 5_000;

/**
 * Follows the server for ever. The listener's methods: state(all) with everything anew, event(name, data) for each event, live() if the
 * stream goes on from what the page has, heard() if anything has come, cut(reason) if the stream is lost or silent.
 */
export class Feed {
  #listener;
  #position = null; // the number of the last change that the page has
  #heardAt = 0;

  constructor(listener) {
    this.#listener = listener;
  }

  async follow() {
    for (let attempt = 0; ; attempt++) {
      try {
        if (this.#position === null) {
          const all = await getJson('api/v1/state');
          this.#listener.state(all);
          this.#position = all.event ?? '';
        }
        await this.#stream(() => (attempt = 0));
        attempt = 0;
      } catch (error) {
        this.#listener.cut(reasonOf(error));
      }
      await pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** Math.min(attempt, 5)) * (0.75 + Math.random() / 2));
    }
  }

  /** Reads events until the server ends the stream, or until it begins anew. */
  async #stream(opened) {
    const abort = new AbortController();
    const watch = setInterval(() => {
      if (performance.now() - this.#heardAt > SILENCE_MS) {
        abort.abort(new Error('The board\'s server has sent nothing for 15 seconds.'));
      }
    }, 1000);
    this.#heardAt = performance.now();
    try {
      const since = this.#position ? `?since=${encodeURIComponent(this.#position)}` : '';
      const answer = await send(`api/v1/changes${since}`, { headers: { Accept: 'text/event-stream' }, signal: abort.signal });
      if (!answer.ok) {
        throw await failure(answer);
      }
      opened();
      await this.#read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (error) {
      throw abort.signal.aborted ? abort.signal.reason : error; // a browser may give another one
    } finally {
      clearInterval(watch);
      abort.abort();
    }
  }

  async #read(reader) {
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        throw new Error('The board\'s server ended the stream.');
      }
      this.#heardAt = performance.now();
      this.#listener.heard();
      const events = (rest + value).replace(/\r\n?/g, '\n').split('\n\n');
      rest = events.pop();
      for (const event of events) {
        if (!this.#handle(event)) {
          return;
        }
      }
      if (events.length) {
        this.#listener.live(); // what was missed, or that all begins anew, comes first
      }
    }
  }

  /** Returns whether the stream goes on. */
  #handle(text) {
    let name = 'message';
    let id = null;
    const data = [];
    for (const line of text.split('\n')) {
      const colon = line.indexOf(':');
      if (colon <= 0) {
        continue; // a comment, which only shows that the stream is open
      }
      const field = line.slice(0, colon);
      const value = line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') {
        name = value;
      } else if (field === 'id') {
        id = value;
      } else if (field === 'data') {
        data.push(value);
      }
    }
    if (name === 'reset') {
      this.#position = null;
      return false;
    }
    if (data.length) {
      this.#listener.event(name, JSON.parse(data.join('\n')));
    }
    if (id !== null) {
      this.#position = id;
    }
    return true;
  }
}

function pause(ms) {
  return new Promise((resume) => setTimeout(resume, ms));
}
