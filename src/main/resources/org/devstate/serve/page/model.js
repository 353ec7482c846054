// The mirror of the service's table, and the part of it that the filters let through.

import { DEVICE, lookOf, STATES } from './words.js';

/**
 * Turns a pattern of the service into a test of whole names: * stands for any characters, ? for one, and a backslash before a character
 * for that character alone. It takes no more steps than the lengths of pattern and name multiplied.
 */
export function globTest(pattern) {
  const parts = [];
  for (let i = 0; i < pattern.length; i++) {
    const isEscape = pattern[i] === '\\' && i + 1 < pattern.length;
    parts.push(isEscape ? { is: pattern[++i] } : { is: pattern[i], any: pattern[i] === '*', one: pattern[i] === '?' });
  }
  return (name) => {
    let at = 0;
    let part = 0;
    let star = -1;
    let starAt = 0;
    while (at < name.length) {
      if (part < parts.length && parts[part].any) {
        star = part++;
        starAt = at;
      } else if (part < parts.length && (parts[part].one || parts[part].is === name[at])) {
        part++;
        at++;
      } else if (star >= 0) {
        part = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (part < parts.length && parts[part].any) {
      part++;
    }
    return part === parts.length;
  };
}

/** A name is found by a part of it in any case, or by a pattern over the whole name. */
function nameTest(find) {
  if (/[*?]/.test(find)) {
    return globTest(find);
  }
  const part = find.toLowerCase();
  return (name) => name.toLowerCase().includes(part);
}

function keyOf(row) {
  return `${row.node}\n${row.eid}\n${row.id}`;
}

/** Numbers in names are compared as numbers: 9 before 10. */
function sortKey(id) {
  return id.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

export class Model {
  #entries = new Map();
  #sorted = [];
  #isSorted = true;
  #changed = new Set();
  #isListStale = true;
  #filter = { find: '', kind: '', site: '', states: new Set() };
  #test = () => true;

  /** What the filters let through, in order. */
  list = [];
  /** Of each look, how many entries the filters let through, without the filter of states. */
  counts = new Map();
  group = '';

  get size() {
    return this.#entries.size;
  }

  get filter() {
    return this.#filter;
  }

  get(key) {
    return this.#entries.get(key);
  }

  setFilter(filter) {
    this.#filter = filter;
    this.#test = filter.find ? nameTest(filter.find) : () => true;
    this.#isListStale = true;
    this.#recount();
  }

  setGroup(group) {
    this.group = group;
    this.#isSorted = false;
    this.#isListStale = true;
  }

  /** Begins anew with these rows. */
  reset(rows) {
    this.#entries.clear();
    this.#changed.clear();
    for (const row of rows) {
      const entry = this.#made(row, Date.parse(row.changed));
      this.#entries.set(entry.key, entry);
    }
    this.#sorted = [...this.#entries.values()];
    this.#isSorted = false;
    this.#isListStale = true;
    this.#recount();
  }

  /** Takes one change of the stream. */
  change(change) {
    const key = keyOf(change);
    const known = this.#entries.get(key);
    if (!change.stored) {
      // Removed; or delivered only, with the table as it was.
      if (known && change.removed) {
        this.#remove(known);
      }
      return;
    }
    const at = Date.parse(change.time);
    if (!known) {
      const entry = this.#made(change, at);
      this.#entries.set(key, entry);
      this.#sorted.push(entry);
      this.#isSorted = false;
      this.#isListStale = true;
      this.#count(entry, 1);
      return;
    }
    const wasIn = this.#isIn(known);
    this.#count(known, -1);
    const moved = known.site !== change.site && this.group === 'site';
    known.site = change.site;
    known.account = change.account;
    known.value = change.value;
    known.at = at;
    known.look = lookOf(known.node, known.value);
    known.inBase = this.#matches(known);
    this.#count(known, 1);
    if (moved) {
      this.#isSorted = false;
    }
    if (moved || wasIn !== this.#isIn(known)) {
      this.#isListStale = true;
    }
    this.#changed.add(key);
  }

  /** The keys that have changed since the last call. */
  takeChanged() {
    const taken = this.#changed;
    this.#changed = new Set();
    return taken;
  }

  /** Makes the list anew if entries have come, gone or moved. Returns whether it has. */
  refreshList() {
    if (!this.#isListStale) {
      return false;
    }
    this.#isListStale = false;
    if (!this.#isSorted) {
      this.#isSorted = true;
      const bySite = this.group === 'site';
      this.#sorted.sort((a, b) => (bySite ? order(a.site, b.site) : 0) || order(a.rank, b.rank)
        || order(a.sort, b.sort) || order(a.id, b.id) || order(a.site, b.site) || order(a.eid, b.eid));
    }
    this.list = this.#sorted.filter((entry) => this.#isIn(entry));
    return true;
  }

  groupOf(entry) {
    if (this.group === 'site') {
      return entry.site || 'no site';
    }
    return entry.node === DEVICE ? 'Devices' : 'Mailboxes';
  }

  #made(row, at) {
    const entry = {
      key: keyOf(row), node: row.node, id: String(row.id), eid: row.eid, site: row.site, account: row.account, value: row.value, at,
      rank: row.node === DEVICE ? 0 : 1, sort: sortKey(String(row.id)), look: lookOf(row.node, row.value), inBase: false,
    };
    entry.inBase = this.#matches(entry);
    return entry;
  }

  #remove(entry) {
    this.#entries.delete(entry.key);
    this.#sorted.splice(this.#sorted.indexOf(entry), 1);
    this.#isListStale = true;
    this.#count(entry, -1);
  }

  #matches(entry) {
    const { kind, site } = this.#filter;
    return (!kind || entry.node === kind) && (!site || entry.site === site) && this.#test(entry.id);
  }

  #isIn(entry) {
    return entry.inBase && (this.#filter.states.size === 0 || this.#filter.states.has(entry.look));
  }

  #count(entry, by) {
    if (entry.inBase) {
      this.counts.set(entry.look, (this.counts.get(entry.look) ?? 0) + by);
    }
  }

  #recount() {
    this.counts = new Map([...STATES.keys()].map((look) => [look, 0]));
    for (const entry of this.#entries.values()) {
      entry.inBase = this.#matches(entry);
      this.#count(entry, 1);
    }
  }
}

function order(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
