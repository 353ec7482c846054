// Setting and clearing by hand, in an opened device or mailbox. Nothing is shown as done before the service has done it.

import { accountOf, counts, DEVICE, element, MAILBOX, STATES, wordOf } from './words.js';
import { change } from './requests.js';

export class HandForm {
  #form;
  #confirm;
  #done;
  #entry = null; // that is open
  #rows = []; // what each server publishes of it
  #isBusy = false;

  /** Adds the form to a dialog. Calls done() when the service has set or cleared something. */
  constructor(dialog, done) {
    const parts = document.getElementById('hand').content.cloneNode(true);
    this.#form = parts.querySelector('form');
    this.#confirm = parts.querySelector('dialog');
    this.#done = done;
    for (const [state, label] of STATES) {
      if (state !== 'MAIL' && state !== 'NO_MAIL') {
        this.#field('state').append(option(state, label));
      }
    }
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#set();
    });
    this.#field('clear').addEventListener('click', () => this.#clear());
    this.#field('server').addEventListener('change', () => this.#fill());
    this.#button('no').addEventListener('click', () => this.#confirm.close());
    this.#form.hidden = true;
    dialog.append(parts);
  }

  remove() {
    this.#form.remove();
    this.#confirm.remove();
  }

  /** Another device or mailbox was opened. */
  begin(entry) {
    this.#entry = entry;
    this.#rows = [];
    this.#form.hidden = true;
    this.#form.reset();
    this.#tell('', false);
    for (const fieldset of this.#form.querySelectorAll('fieldset')) {
      fieldset.disabled = fieldset.hidden = fieldset.dataset.node !== entry.node;
    }
  }

  /** Offers the servers that publish it. What was chosen before stays; so does a server whose entry was cleared. */
  offer(rows) {
    if (!rows.length) {
      return;
    }
    const isFirst = this.#form.hidden;
    const chosen = this.#field('server').value;
    this.#rows = rows;
    this.#field('server').replaceChildren(...rows.map((row) => option(row.eid, `${accountOf(row)} (${row.eid})`)));
    if (rows.some((row) => row.eid === chosen)) {
      this.#field('server').value = chosen;
    }
    this.#field('server').closest('label').hidden = rows.length === 1;
    this.#form.hidden = false;
    if (isFirst) {
      this.#fill();
    }
  }

  /** The counts begin as they are; a state has to be chosen. */
  #fill() {
    if (this.#entry.node === MAILBOX) {
      [this.#field('fresh').value, this.#field('old').value] = counts(this.#row.value);
    }
  }

  get #row() {
    return this.#rows.find((row) => row.eid === this.#field('server').value);
  }

  #set() {
    const entry = this.#entry;
    const row = this.#row;
    const value = entry.node === DEVICE ? this.#field('state').value : `${this.#field('fresh').value}/${this.#field('old').value}`;
    const word = wordOf(entry.node, value);
    this.#ask(
      `Set ${entry.id} to ${word}?`,
      `All servers that may receive it get this value until ${accountOf(row)} publishes it again. ${accountOf(row)} itself keeps its own.`,
      `Set to ${word}`,
      () => this.#send('PUT', entry, '', { eid: row.eid, value }),
    );
  }

  #clear() {
    const entry = this.#entry;
    const row = this.#row;
    const left = entry.node === DEVICE ? 'its offline state, such as Unavailable' : 'no messages';
    this.#ask(
      `Clear ${entry.id}?`,
      `The value of ${accountOf(row)} is removed until that server publishes it again. The others receive ${left}.`,
      'Clear',
      () => this.#send('DELETE', entry, `?eid=${encodeURIComponent(row.eid)}`),
    );
  }

  #ask(title, text, yes, go) {
    if (this.#isBusy) {
      return;
    }
    this.#confirm.querySelector('h2').textContent = title;
    this.#confirm.querySelector('p').textContent = text;
    this.#button('yes').textContent = yes;
    this.#button('yes').onclick = () => {
      this.#confirm.close();
      go();
    };
    this.#confirm.showModal();
  }

  async #send(method, entry, query, body) {
    this.#isBusy = true;
    this.#tell('Asking the service…', false);
    let outcome;
    let isProblem = false;
    try {
      const path = `api/v1/entries/${encodeURIComponent(entry.node)}/${encodeURIComponent(entry.id)}${query}`;
      const answer = await change(method, path, body);
      outcome = [...(answer.notes ?? []), ...(answer.warnings ?? [])].join('. ') || 'Done';
    } catch (error) {
      outcome = error.message;
      isProblem = true;
    }
    this.#isBusy = false;
    if (this.#entry === entry) {
      this.#tell(outcome, isProblem);
      this.#done();
    }
  }

  #tell(text, isProblem) {
    const outcome = this.#form.querySelector('.outcome');
    outcome.textContent = text;
    outcome.classList.toggle('problem', isProblem);
  }

  #field(name) {
    return this.#form.elements.namedItem(name);
  }

  #button(name) {
    return this.#confirm.querySelector(`[name=${name}]`);
  }
}

function option(value, label) {
  const made = element('option', '', label);
  made.value = value;
  return made;
}
