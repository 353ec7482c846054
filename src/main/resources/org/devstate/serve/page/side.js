// Beside the tiles: sites with their servers, the latest changes, the rejected publishes.

import { element, fullTime, setText, symbol, lookOf, timeText, wordOf } from './words.js';

const RECENT = 50;
const SHOWN = 20;
const REJECTIONS = 20;

/** The sites with their servers. The service decides what a server's state is; only the seconds that are left go on here. */
export class ServerList {
  #where;
  #select;
  #sites = [];
  #servers = [];
  #readAt = 0;
  #known = new Map();
  #announce;

  constructor(where, select, announce) {
    this.#where = where;
    this.#select = select;
    this.#announce = announce;
  }

  setSites(sites) {
    this.#sites = sites;
    this.#show();
  }

  setServers(servers) {
    this.#servers = servers;
    this.#readAt = performance.now();
    const states = new Map(servers.map((server) => [server.account, server.state]));
    for (const [account, state] of states) {
      const former = this.#known.get(account);
      if (former && former !== state) {
        this.#announce(`${account}: ${stateWord(state)}`);
      }
    }
    this.#known = states;
    this.#show();
  }

  /** The seconds of grace periods go on: once a second. */
  tick() {
    const passed = Math.round((performance.now() - this.#readAt) / 1000);
    for (const left of this.#where.querySelectorAll('[data-left]')) {
      setText(left, graceText(Number(left.dataset.left) - passed));
    }
  }

  #show() {
    const bySite = new Map(this.#sites.map((site) => [site.site, []]));
    for (const server of this.#servers) {
      if (!bySite.has(server.site)) {
        bySite.set(server.site, []);
      }
      bySite.get(server.site).push(server);
    }
    this.#where.replaceChildren(...[...bySite].map(([name, servers]) => this.#block(name, servers)));
    if (bySite.size === 0) {
      this.#where.append(element('p', 'quiet', 'No site is configured, and no server is known.'));
    }
    this.#fillSelect([...bySite.keys()]);
  }

  #block(name, servers) {
    const block = element('div', 'block');
    const there = servers.filter((server) => server.state === 'online').length;
    const head = element('h3', '', name || 'no site');
    const summary = element('span', 'summary', servers.length ? `${there} of ${servers.length} there` : 'no server yet');
    head.append(summary);
    const site = this.#sites.find((each) => each.site === name);
    if (site && site.suspended && site.suspended !== 'no') {
      head.append(element('span', 'badge', site.suspended === 'completely' ? 'suspended completely' : 'suspended'));
    }
    const list = element('ul');
    for (const server of servers) {
      list.append(row(server));
    }
    block.append(head, list);
    return block;
  }

  /** Offers the sites as a filter; the chosen one stays, even if it has gone. */
  #fillSelect(names) {
    const chosen = this.#select.value;
    const all = [...new Set(chosen ? [...names, chosen] : names)].filter((name) => name);
    const offered = [...this.#select.options].slice(1).map((option) => option.value);
    if (all.join('\n') !== offered.join('\n')) {
      const options = all.map((name) => {
        const option = element('option', '', name);
        option.value = name;
        return option;
      });
      this.#select.replaceChildren(this.#select.options[0], ...options);
      this.#select.value = chosen;
    }
  }
}

function row(server) {
  const line = element('li', 'server');
  line.dataset.state = server.state;
  const mark = element('span', 'symbol');
  mark.dataset.server = server.state;
  mark.setAttribute('aria-hidden', 'true');
  const name = element('span', 'name', server.account);
  name.title = server.account;
  const wasSeen = server.eids !== 0 || server.entries !== 0;
  const state = element('span', 'word', server.state === 'offline' && !wasSeen ? 'never seen' : stateWord(server.state));
  if (server.state === 'grace' && Number.isFinite(server['grace-s'])) {
    state.dataset.left = server['grace-s'];
    state.textContent = graceText(server['grace-s']);
  }
  line.append(mark, name, state);
  if (server.state === 'online' && server['not-subscribed'] > 0) {
    line.append(element('span', 'badge', 'not subscribed'));
  }
  return line;
}

function stateWord(state) {
  return { online: 'there', grace: 'lost, in its grace period', offline: 'gone' }[state] ?? String(state);
}

function graceText(seconds) {
  return seconds > 0 ? `lost, ${seconds} s of grace left` : 'lost, grace period ends';
}

/** The latest changes, the newest first. */
export class RecentList {
  #where;
  #changes = [];
  #rows = [];
  #isStale = false;

  constructor(where) {
    this.#where = where;
  }

  reset(changes) {
    this.#changes = changes.slice(-RECENT);
    this.#isStale = true;
  }

  add(change) {
    this.#changes.push(change);
    if (this.#changes.length > 2 * RECENT) {
      this.#changes = this.#changes.slice(-RECENT);
    }
    this.#isStale = true;
  }

  /** A few times a second is as much as can be read. The rows are made once, and show other changes later. */
  show() {
    if (!this.#isStale) {
      return;
    }
    this.#isStale = false;
    const latest = this.#changes.slice(-SHOWN).reverse();
    if (!latest.length) {
      this.#rows = [];
      this.#where.replaceChildren(element('li', 'quiet', 'No change yet.'));
      return;
    }
    if (!this.#rows.length) {
      this.#where.replaceChildren();
    }
    while (this.#rows.length < latest.length) {
      this.#rows.push(changeRow());
      this.#where.append(this.#rows.at(-1).line);
    }
    while (this.#rows.length > latest.length) {
      this.#rows.pop().line.remove();
    }
    latest.forEach((change, i) => fillRow(this.#rows[i], change));
  }
}

function changeRow() {
  const line = element('li');
  const [time, mark, name, word] = [element('time'), symbol('UNKNOWN'), element('span', 'name'), element('span', 'word')];
  line.append(time, mark, name, word);
  return { line, time, mark, name, word, of: null };
}

function fillRow(row, change) {
  if (row.of === change) {
    return;
  }
  row.of = change;
  const at = Date.parse(change.time);
  const removed = change.removed === true;
  const word = removed ? 'removed' : wordOf(change.node, change.value) + (change.stored === false ? ', not stored' : '');
  setText(row.time, timeText(at));
  row.time.title = fullTime(at);
  row.mark.dataset.look = removed ? 'REMOVED' : lookOf(change.node, change.value);
  setText(row.name, change.id);
  row.name.title = `${change.id} (${change.account || change.eid})`;
  setText(row.word, word);
}

/** The latest rejected publishes, the newest first. */
export class RejectionList {
  #where;
  #rejections = [];

  constructor(where) {
    this.#where = where;
  }

  reset(rejections) {
    this.#rejections = rejections.slice(-REJECTIONS);
    this.#show();
  }

  add(rejection) {
    this.#rejections = [...this.#rejections, rejection].slice(-REJECTIONS);
    this.#show();
  }

  #show() {
    const rows = [...this.#rejections].reverse().map((rejection) => {
      const line = element('li', 'rejection');
      const at = Date.parse(rejection.time);
      const time = element('time', '', timeText(at));
      time.title = fullTime(at);
      line.append(time, element('span', 'name', rejection.from), element('span', 'reason', rejection.reason));
      return line;
    });
    this.#where.replaceChildren(...(rows.length ? rows : [element('li', 'quiet', 'None.')]));
  }
}
