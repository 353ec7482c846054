// A device or mailbox that was opened: who publishes what, who receives it, and why others do not.

import { accountOf, ageText, element, fullTime, lookOf, MAILBOX, wordOf } from './words.js';
import { getJson, reasonOf } from './requests.js';
import { HandForm } from './hand.js';

const AGAIN_MS = 1_000; // a device that changes is read again, but no more often

export class Detail {
  #dialog;
  #open = null;
  #timer = 0;
  #asked = 0;
  #hand = null;

  constructor(dialog) {
    this.#dialog = dialog;
    dialog.querySelector('#detail-close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      this.#open = null;
      clearTimeout(this.#timer);
      this.#timer = 0;
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) {
        dialog.close();
      }
    });
  }

  /** Whether the viewer may set and clear by hand: only then is there a control for it. */
  setMaySet(maySet) {
    if (maySet && !this.#hand) {
      this.#hand = new HandForm(this.#dialog, () => this.#read());
      if (this.#open) {
        this.#hand.begin(this.#open);
        this.#read();
      }
    } else if (!maySet && this.#hand) {
      this.#hand.remove();
      this.#hand = null;
    }
  }

  open(entry) {
    this.#open = { node: entry.node, id: entry.id };
    this.#hand?.begin(this.#open);
    this.#part('#detail-title').textContent = entry.id;
    this.#part('#detail-symbol').dataset.look = entry.look;
    this.#part('#detail-body').replaceChildren(element('p', 'quiet', 'Asking the service…'));
    this.#dialog.showModal();
    this.#part('#detail-close').focus();
    this.#read();
  }

  /** What is shown may have changed. */
  changed(change) {
    if (this.#open && change.node === this.#open.node && change.id === this.#open.id && !this.#timer) {
      this.#timer = setTimeout(() => {
        this.#timer = 0;
        this.#read();
      }, AGAIN_MS);
    }
  }

  #part(selector) {
    return this.#dialog.querySelector(selector);
  }

  async #read() {
    const open = this.#open;
    if (!open) {
      return;
    }
    const asked = ++this.#asked;
    let parts;
    try {
      const path = `api/v1/entries/${encodeURIComponent(open.node)}/${encodeURIComponent(open.id)}`;
      const answer = await getJson(path);
      parts = this.#parts(open, answer);
      if (this.#open === open && asked === this.#asked) {
        this.#hand?.offer(answer.rows ?? []);
      }
    } catch (error) {
      parts = [element('p', 'problem', reasonOf(error))];
    }
    if (this.#open === open && asked === this.#asked) {
      this.#part('#detail-body').replaceChildren(...parts);
    }
  }

  #parts(open, answer) {
    const rows = answer.rows ?? [];
    const parts = [element('p', 'quiet', `${open.node === MAILBOX ? 'Mailbox' : 'Device'}, as of ${fullTime(Date.now())}`)];
    if (rows.length) {
      this.#part('#detail-symbol').dataset.look = lookOf(open.node, rows[0].value);
      parts.push(element('h3', '', 'Published by'), table(
        ['Server', 'Site', 'Value', 'Since', 'EID'],
        rows.map((row) => {
          const since = Number.isFinite(row['age-s']) ? Date.now() - row['age-s'] * 1000 : Date.parse(row.changed);
          const value = element('span', 'value', wordOf(open.node, row.value));
          value.dataset.look = lookOf(open.node, row.value);
          return [
            accountOf(row), row.site || 'no site', row.overridden ? [value, element('span', 'badge', 'set by hand')] : value,
            `${fullTime(since)} (${ageText(Date.now() - since)})`, row.eid,
          ];
        }),
      ));
    } else {
      parts.push(element('p', 'problem', 'No server publishes it now.'));
    }
    const remarks = [...(answer.notes ?? []), ...(answer.warnings ?? [])];
    for (const remark of remarks) {
      parts.push(element('p', 'remark', remark));
    }
    const [received, others] = split(answer.subscribers ?? []);
    parts.push(element('h3', '', `Received by (${received.length})`));
    parts.push(received.length ? table(['Session', 'Site', 'Outcome'],
      received.map((row) => [sessionOf(row), row.site, row.outcome])) : element('p', 'quiet', 'No server.'));
    if (others.length) {
      parts.push(element('h3', '', `Not received by (${others.length})`), table(
        ['Session', 'Site', 'Outcome', 'Why'], others.map((row) => [sessionOf(row), row.site, row.outcome, row.because]),
      ));
    }
    return parts;
  }
}

/** Those that have or get it, and the others; without the publisher itself. */
function split(subscribers) {
  const received = subscribers.filter((row) => ['delivered', 'waiting', 'superseded'].includes(row.outcome));
  return [received, subscribers.filter((row) => !received.includes(row) && row.outcome !== 'own')];
}

/** A row without a session is about all servers of a site. */
function sessionOf(row) {
  return row.session || 'all servers of the site';
}

function table(heads, rows) {
  const made = element('table');
  const head = made.createTHead().insertRow();
  for (const text of heads) {
    const cell = element('th', '', text);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = made.createTBody();
  for (const cells of rows) {
    const line = body.insertRow();
    cells.forEach((content, i) => {
      const cell = line.insertCell();
      cell.dataset.head = heads[i];
      cell.append(...(Array.isArray(content) ? content : [content ?? '']));
    });
  }
  return made;
}
