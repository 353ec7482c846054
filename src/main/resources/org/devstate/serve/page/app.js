// The wallboard: puts the parts together. It shows what the service has, and nothing else.

import { Detail } from './detail.js';
import { Feed } from './feed.js';
import { Grid } from './grid.js';
import { Model } from './model.js';
import { RecentList, RejectionList, ServerList } from './side.js';
import { ageText, element, setText, STATES, symbol, timeText } from './words.js';

const byId = (id) => document.getElementById(id);
const find = byId('find');
const kind = byId('kind');
const site = byId('site');
const group = byId('group');

const model = new Model();
const detail = new Detail(byId('detail'));
const grid = new Grid(byId('tiles'), byId('canvas'), model, (entry) => detail.open(entry));
const servers = new ServerList(byId('servers'), site, announce);
const recent = new RecentList(byId('recent'));
const rejections = new RejectionList(byId('rejections'));

/** Whether what is shown is what the service has: the page's own stream, and the server's link to the service. */
const link = { isOpen: false, service: null, reason: '', shownAt: null, offset: 0, wasLive: false, isRead: false, isCut: false };

// Frames: whatever happens between two of them is shown by one.

let isAsked = false;
function askFrame() {
  if (!isAsked) {
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      grid.render();
      showChips();
      showEmpty();
    });
  }
}
grid.onRequest(askFrame);
grid.now = () => (isLive() ? Date.now() : link.shownAt ?? Date.now()) + link.offset;

// What the server sends.

const feed = new Feed({
  state(all) {
    link.service = { connected: all.connected !== false, since: all.since, reason: all.reason ?? '' };
    setClock(all.asOf);
    setText(byId('title'), all.title || all.service || 'Device states');
    document.title = all.title || all.service || 'Device states';
    byId('title').title = all.service ?? '';
    detail.setMaySet(all.maySet === true);
    link.isRead = Boolean(all.event); // else it has read nothing itself yet
    model.reset(all.entries ?? []);
    servers.setSites(all.sites ?? []);
    servers.setServers(all.servers ?? []);
    recent.reset(all.recent ?? []);
    recent.show();
    rejections.reset(all.rejections ?? []);
    grid.invalidate();
    showLink();
  },
  event(name, data) {
    if (name === 'change') {
      model.change(data);
      recent.add(data);
      detail.changed(data);
      askFrame();
    } else if (name === 'servers') {
      servers.setServers(data);
    } else if (name === 'sites') {
      servers.setSites(data);
    } else if (name === 'rejection') {
      rejections.add(data);
    } else if (name === 'status') {
      link.service = data;
      setClock(data.asOf);
      showLink();
    }
  },
  live() {
    if (!link.isOpen) {
      link.isOpen = true;
      link.isCut = false;
      link.reason = '';
      showLink();
    }
  },
  heard() {
    if (isLive()) {
      link.shownAt = Date.now();
    }
  },
  cut(reason) {
    link.isOpen = false;
    link.isCut = true;
    link.reason = reason;
    showLink();
  },
});

/** The server's clock may differ from the viewer's: ages are counted by the server's. */
function setClock(asOf) {
  const at = Date.parse(asOf);
  if (!(at > 0)) {
    return; // never confirmed
  }
  if (link.service.connected !== false) {
    link.offset = at - Date.now();
    link.shownAt = Date.now();
  } else {
    link.shownAt = at - link.offset;
  }
}

function isLive() {
  return link.isOpen && link.service !== null && link.service.connected !== false;
}

/** Shows plainly whether what is shown is what the service has, and how old it is if not. */
function showLink() {
  const live = isLive();
  const isCut = link.isCut || link.service?.connected === false;
  document.body.classList.toggle('cut', !live);
  byId('status').dataset.link = live ? 'live' : isCut ? 'cut' : 'wait';
  setText(byId('status-text'), live ? 'Live' : isCut ? 'Cut off' : 'Connecting');
  const banner = byId('banner');
  if (!isCut) {
    banner.hidden = true;
  } else {
    const why = link.reason || `The board's server has lost the service. ${link.service?.reason ?? ''}`;
    const old = link.isRead && link.shownAt
      ? ` What you see is ${ageText(Date.now() - link.shownAt)} old, of ${timeText(link.shownAt)}.` : ' Nothing has been read yet.';
    setText(banner, `Cut off.${old} ${why.trim().replace(/[^.]$/, '$&.')} Trying again.`);
    banner.hidden = false;
  }
  if (live !== link.wasLive && (live || isCut)) {
    announce(live ? 'Live: all states are current' : 'Cut off: the states are not current');
    link.wasLive = live;
    grid.invalidate();
  }
}

function announce(text) {
  setText(byId('live'), text);
}

// Filters, and their place in the address, so that a filtered board can be a bookmark.

const chosen = new Set();

function readAddress() {
  const query = new URLSearchParams(location.search);
  find.value = query.get('find') ?? '';
  kind.value = query.get('kind') ?? '';
  group.value = query.get('group') ?? '';
  const wanted = query.get('site') ?? '';
  if (wanted && ![...site.options].some((option) => option.value === wanted)) {
    const option = element('option', '', wanted);
    option.value = wanted;
    site.append(option);
  }
  site.value = wanted;
  for (const state of (query.get('state') ?? '').split(',')) {
    if (STATES.has(state)) {
      chosen.add(state);
    }
  }
  setWall(query.has('wall'));
  if (query.get('theme') === 'light' || query.get('theme') === 'dark') {
    setTheme(query.get('theme'));
  }
}

function applyFilters() {
  model.setFilter({ find: find.value.trim(), kind: kind.value, site: site.value, states: new Set(chosen) });
  if (model.group !== group.value) {
    model.setGroup(group.value);
  }
  const query = new URLSearchParams(location.search);
  const values = { find: find.value.trim(), kind: kind.value, site: site.value, state: [...chosen].join(','), group: group.value };
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      query.set(name, value);
    } else {
      query.delete(name);
    }
  }
  history.replaceState(null, '', query.size ? `?${query}` : location.pathname);
  byId('clear').hidden = !(values.find || values.kind || values.site || values.state);
  byId('tiles').scrollTop = 0;
  grid.invalidate();
}

function clearFilters() {
  find.value = '';
  kind.value = '';
  site.value = '';
  chosen.clear();
  applyFilters();
}

// The counts are the filter of states, too.

const chips = new Map();
for (const [look, label] of STATES) {
  const chip = element('button', 'chip');
  chip.type = 'button';
  chip.dataset.look = look;
  const count = element('span', 'count');
  chip.append(symbol(look), element('span', 'label', label), count);
  chip.addEventListener('click', () => {
    if (!chosen.delete(look)) {
      chosen.add(look);
    }
    applyFilters();
  });
  chips.set(look, { chip, count });
  byId('chips').append(chip);
  const line = element('li');
  line.dataset.look = look;
  line.append(symbol(look), element('span', '', label));
  byId('legend').append(line);
}

function showChips() {
  for (const [look, { chip, count }] of chips) {
    const number = model.counts.get(look) ?? 0;
    setText(count, String(number));
    chip.hidden = number === 0 && !chosen.has(look);
    chip.setAttribute('aria-pressed', chosen.has(look));
  }
}

function showEmpty() {
  const empty = byId('empty');
  empty.hidden = model.list.length > 0 || !link.isRead;
  setText(empty, model.size
    ? 'No device or mailbox matches these filters.'
    : 'No server has published a device or mailbox yet.');
}

// Appearance.

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
}

function toggleTheme() {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  setTheme(theme);
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
}

function setWall(isWall) {
  document.body.classList.toggle('wall', isWall);
  grid.isWall = isWall;
  byId('wall').textContent = isWall ? 'Leave full screen' : 'Full screen';
  grid.invalidate();
}

async function toggleWall() {
  if (document.body.classList.contains('wall')) {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
    }
    setWall(false);
    return;
  }
  try {
    await document.documentElement.requestFullscreen();
  } catch {
    // Not every browser allows it: the large tiles are useful in a window, too.
  }
  setWall(true);
}

document.addEventListener('fullscreenchange', () => setWall(document.fullscreenElement !== null));

let stored = null;
try {
  stored = localStorage.getItem('theme');
} catch {
  stored = null;
}
const system = matchMedia('(prefers-color-scheme: light)');
setTheme(stored ?? (system.matches ? 'light' : 'dark'));
system.addEventListener('change', () => stored ?? setTheme(system.matches ? 'light' : 'dark'));

// Keys and buttons.

for (const field of [kind, site, group]) {
  field.addEventListener('change', applyFilters);
}
find.addEventListener('input', applyFilters);
byId('filters').addEventListener('submit', (event) => {
  event.preventDefault();
  grid.focusFirst();
});
byId('clear').addEventListener('click', () => {
  clearFilters();
  find.focus();
});
byId('theme').addEventListener('click', toggleTheme);
byId('wall').addEventListener('click', toggleWall);
byId('help-open').addEventListener('click', () => byId('help').showModal());
byId('help-close').addEventListener('click', () => byId('help').close());
for (const tab of document.querySelectorAll('.tabs button')) {
  tab.addEventListener('click', () => {
    document.querySelector('main').dataset.part = tab.dataset.part;
    for (const other of document.querySelectorAll('.tabs button')) {
      other.setAttribute('aria-pressed', other === tab);
    }
    grid.invalidate();
  });
}
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  grid.focusFirst();
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) {
    return;
  }
  const isTyping = event.target.matches('input, select');
  if (event.key === 'Escape') {
    clearFilters();
    if (isTyping) {
      event.target.blur();
    }
  } else if (event.key === 'ArrowDown' && (event.target === find || event.target === document.body)) {
    event.preventDefault();
    grid.focusFirst();
  } else if (!isTyping) {
    const action = { '/': () => find.focus(), f: toggleWall, t: toggleTheme, '?': () => byId('help').showModal() }[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  }
});

// Once a second, and a little more often for what comes in numbers.

function tick() {
  setText(byId('clock'), timeText(Date.now()));
  grid.tick(!isLive());
  if (isLive()) {
    servers.tick();
  } else {
    showLink();
  }
  const { page, pages } = grid.turn(performance.now());
  byId('page').hidden = pages === 1;
  setText(byId('page'), `Page ${page} of ${pages}`);
}
setInterval(tick, 1000);
setInterval(() => recent.show(), 400);

readAddress();
applyFilters();
tick();
feed.follow();
