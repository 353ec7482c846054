// The tiles: only those in view are elements of the page, whatever their number.

import { setNameFont, showName } from './names.js';
import { ageText, element, setText, symbol, wordOf } from './words.js';

const GAP = 8;
const HEADING = 34;
const WIDTH = 196; // of a tile at least
const HEIGHT = 78;
const WALL = { widest: 420, narrowest: 270, ratio: 0.36, highest: 0.52, gap: 10 }; // the narrowest that can be read from four metres on a large screen
const MARGIN = 400; // pixels above and below the view that have tiles, too
const NAME = { page: { largest: 0.23, smallest: 0.115 }, wall: { largest: 0.28, smallest: 0.11 } }; // its text, in heights of a tile
const TURN_MS = 15_000;
const FRESH_MS = 1_500;

export class Grid {
  #view;
  #canvas;
  #model;
  #open;
  #tiles = new Map(); // by the key of the entry
  #headings = new Map();
  #groups = [];
  #layout = { columns: 1, width: WIDTH, height: HEIGHT, gap: GAP, heading: HEADING, total: 0 };
  #current = null; // the key of the tile that the keyboard is at
  #isStale = true;
  #turnedAt = 0;
  now = () => Date.now();
  isWall = false;

  constructor(view, canvas, model, open) {
    this.#view = view;
    this.#canvas = canvas;
    this.#model = model;
    this.#open = open;
    view.addEventListener('scroll', () => this.#request(), { passive: true });
    new ResizeObserver(() => this.invalidate()).observe(view);
    canvas.addEventListener('click', (event) => this.#openTile(event.target.closest('.tile')));
    canvas.addEventListener('focusin', (event) => this.#focused(event.target.closest('.tile')));
    canvas.addEventListener('keydown', (event) => this.#key(event));
  }

  #request = () => {};

  /** Sets what asks for a frame in which render() is called. */
  onRequest(request) {
    this.#request = request;
  }

  invalidate() {
    this.#isStale = true;
    this.#request();
  }

  /** Brings the elements up to date with the model: once a frame. */
  render() {
    const isNew = this.#model.refreshList();
    if (isNew || this.#isStale) {
      this.#isStale = false;
      this.#arrange();
    }
    const changed = this.#model.takeChanged();
    this.#fill();
    for (const key of changed) {
      const tile = this.#tiles.get(key);
      if (tile) {
        this.#show(tile, this.#model.get(key));
        this.#setFresh(tile, true);
      }
    }
  }

  /** Ages go on, and what has changed is not fresh any more: once a second. */
  tick(isCut) {
    const now = this.now();
    for (const [key, tile] of this.#tiles) {
      const entry = this.#model.get(key);
      if (entry && !isCut) {
        setText(tile.age, ageText(now - entry.at));
      }
      if (tile.freshAt && performance.now() - tile.freshAt > FRESH_MS) {
        this.#setFresh(tile, false);
      }
    }
  }

  /** A frame shows for a moment that a tile has changed; it does not move, which would have to be drawn again and again. */
  #setFresh(tile, isFresh) {
    if (isFresh !== tile.freshAt > 0) {
      tile.box.classList.toggle('fresh', isFresh);
    }
    tile.freshAt = isFresh ? performance.now() : 0;
  }

  /** A wall cannot be scrolled: tiles that do not fit are shown in turns. Returns the page, and how many there are. */
  turn(now) {
    const height = this.#view.clientHeight;
    const pages = this.#pages();
    if (!this.isWall || pages === 1) {
      return { page: 1, pages: 1 };
    }
    let page = Math.min(pages - 1, Math.round(this.#view.scrollTop / height));
    if (now - this.#turnedAt > TURN_MS) {
      page = this.#turnedAt ? (page + 1) % pages : page;
      this.#turnedAt = now;
      this.#view.scrollTop = page * height;
    }
    return { page: page + 1, pages };
  }

  /** How many views all tiles take; rows that fill a view exactly are not another one for a fraction of a pixel. */
  #pages() {
    return Math.max(1, Math.ceil(this.#layout.total / this.#view.clientHeight - 0.01));
  }

  /** Decides how large the tiles are and where each group begins. */
  #arrange() {
    const groups = [];
    for (const [index, entry] of this.#model.list.entries()) {
      const name = this.#model.groupOf(entry);
      if (groups.at(-1)?.name !== name) {
        groups.push({ name, first: index, count: 0, top: 0, bottom: 0 });
      }
      groups.at(-1).count++;
    }
    this.#groups = groups;
    this.#layout = this.isWall ? this.#wallLayout() : this.#pageLayout();
    const { height, gap, heading, columns } = this.#layout;
    let top = 0;
    for (const group of groups) {
      group.top = top;
      group.bottom = top + heading + Math.ceil(group.count / columns) * (height + gap);
      top = group.bottom;
    }
    this.#layout.total = top;
    setNameFont(getComputedStyle(this.#canvas).fontFamily);
    this.#canvas.style.setProperty('--tile-height', `${height}px`);
    this.#canvas.style.height = `${this.isWall ? this.#pages() * this.#view.clientHeight : top}px`;
    this.#place();
  }

  #pageLayout() {
    const room = this.#canvas.clientWidth;
    const columns = Math.max(room < 420 ? 2 : 1, Math.floor((room + GAP) / (WIDTH + GAP)));
    return { columns, width: (room - GAP * (columns - 1)) / columns, height: HEIGHT, gap: GAP, heading: HEADING, total: 0 };
  }

  /** The largest tiles that all fit, or the smallest that can be read from afar; rows fill the view, so that none is cut. */
  #wallLayout() {
    const room = this.#canvas.clientWidth;
    const view = this.#view.clientHeight;
    const { gap, ratio } = WALL;
    for (let least = WALL.widest; ; least -= 10) {
      const columns = Math.max(1, Math.floor((room + gap) / (least + gap)));
      const width = (room - gap * (columns - 1)) / columns;
      const fitting = Math.max(1, Math.floor(view / (Math.round(Math.min(width, WALL.widest) * ratio) + gap)));
      const needed = this.#groups.reduce((sum, group) => sum + Math.ceil(group.count / columns), 0);
      if (needed <= fitting || least <= WALL.narrowest) {
        const height = Math.min(Math.min(width, WALL.widest) * WALL.highest, view / Math.min(needed, fitting) - gap);
        return { columns, width, height, gap, heading: 0, total: 0 };
      }
    }
  }

  /** Where the entry of that index stands. */
  #spot(index) {
    const group = this.#groups.find((each) => index < each.first + each.count);
    const { columns, width, height, gap, heading } = this.#layout;
    const at = index - group.first;
    return {
      left: (at % columns) * (width + gap),
      top: group.top + heading + Math.floor(at / columns) * (height + gap),
    };
  }

  /** The first and the last index in view, with a margin. */
  #range() {
    const from = this.#view.scrollTop - MARGIN;
    const to = this.#view.scrollTop + this.#view.clientHeight + MARGIN;
    const { columns, height, gap, heading } = this.#layout;
    let first = this.#model.list.length;
    let last = -1;
    for (const group of this.#groups) {
      if (group.bottom < from || group.top > to) {
        continue;
      }
      const top = group.top + heading;
      const rowFrom = Math.max(0, Math.floor((from - top) / (height + gap)));
      const rowTo = Math.max(0, Math.ceil((to - top) / (height + gap)));
      first = Math.min(first, group.first + rowFrom * columns);
      last = Math.max(last, Math.min(group.first + group.count, group.first + rowTo * columns) - 1);
    }
    return [first, last];
  }

  /** All tiles are placed anew after the layout has changed. */
  #place() {
    for (const tile of this.#tiles.values()) {
      tile.index = -1;
    }
    for (const heading of this.#headings.values()) {
      heading.remove();
    }
    this.#headings.clear();
    if (this.#layout.heading) {
      for (const group of this.#groups) {
        const heading = element('h2', 'group', `${group.name} (${group.count})`);
        heading.style.transform = `translateY(${group.top}px)`;
        this.#canvas.append(heading);
        this.#headings.set(group.name, heading);
      }
    }
  }

  /** Makes the tiles in view, and takes away the others; the one with the focus stays. */
  #fill() {
    const [first, last] = this.#range();
    const list = this.#model.list;
    const wanted = new Set();
    for (let i = first; i <= last; i++) {
      wanted.add(list[i].key);
    }
    const spare = [];
    for (const [key, tile] of this.#tiles) {
      if (!wanted.has(key) && !this.#staysWithFocus(key, tile)) {
        this.#tiles.delete(key);
        spare.push(tile);
      }
    }
    for (let i = first; i <= last; i++) {
      const entry = list[i];
      let tile = this.#tiles.get(entry.key);
      if (!tile) {
        tile = spare.pop() ?? this.#make();
        tile.index = -1;
        this.#setFresh(tile, false);
        this.#tiles.set(entry.key, tile);
        this.#show(tile, entry);
      }
      if (tile.index !== i) {
        this.#move(tile, i);
      }
    }
    for (const tile of spare) {
      tile.item.remove();
    }
  }

  /** Whether a tile out of view stays, because it has the focus; it is placed where it belongs. */
  #staysWithFocus(key, tile) {
    if (tile.box !== document.activeElement) {
      return false;
    }
    const index = tile.index >= 0 ? tile.index : this.#model.list.findIndex((entry) => entry.key === key);
    if (index >= 0 && index !== tile.index) {
      this.#move(tile, index);
    }
    return index >= 0;
  }

  #make() {
    const item = element('div', 'item');
    item.setAttribute('role', 'listitem');
    const box = element('button', 'tile');
    box.type = 'button';
    const mark = symbol('UNKNOWN');
    const name = element('span', 'name');
    const site = element('span', 'site');
    const word = element('span', 'word');
    const age = element('span', 'age');
    const last = element('span', 'last');
    last.append(site, age);
    box.append(mark, name, word, last);
    item.append(box);
    this.#canvas.append(item);
    return { item, box, mark, name, site, word, age, index: -1, freshAt: 0, shown: '' };
  }

  #move(tile, index) {
    const { left, top } = this.#spot(index);
    tile.index = index;
    tile.item.style.transform = `translate(${left}px, ${top}px)`;
    tile.item.style.width = `${this.#layout.width}px`;
    tile.item.setAttribute('aria-posinset', index + 1);
    tile.item.setAttribute('aria-setsize', this.#model.list.length);
    this.#showName(tile);
    tile.box.tabIndex = tile.box.dataset.key === this.#current || (this.#current === null && index === 0) ? 0 : -1;
  }

  #show(tile, entry) {
    if (!entry) {
      return;
    }
    const word = wordOf(entry.node, entry.value);
    tile.box.dataset.key = entry.key;
    tile.box.dataset.look = entry.look;
    tile.mark.dataset.look = entry.look;
    setText(tile.site, entry.site || 'no site');
    setText(tile.word, word);
    setText(tile.age, ageText(this.now() - entry.at));
    tile.box.title = entry.id;
  }

  /** Shows the name of a tile that has its place, as large as the room for it allows. */
  #showName(tile) {
    const box = (this.#layout.nameBox ??= this.#roomForName(tile));
    const shown = `${tile.box.title}\n${Object.values(box).join(' ')}`;
    if (tile.shown !== shown) {
      tile.shown = shown;
      showName(tile.name, tile.box.title, box);
    }
  }

  /** What the other parts of a tile leave to its name. */
  #roomForName(tile) {
    const style = getComputedStyle(tile.box);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const { largest, smallest } = this.isWall ? NAME.wall : NAME.page;
    return {
      largest: this.#layout.height * largest,
      smallest: this.#layout.height * smallest,
      width: tile.name.clientWidth,
      height: tile.box.clientHeight - padding - tile.word.offsetHeight - tile.site.parentElement.offsetHeight,
    };
  }

  #openTile(box) {
    const entry = box && this.#model.get(box.dataset.key);
    if (entry) {
      this.#open(entry);
    }
  }

  #focused(box) {
    if (!box || box.dataset.key === this.#current) {
      return;
    }
    this.#current = box.dataset.key;
    for (const tile of this.#tiles.values()) {
      tile.box.tabIndex = tile.box === box ? 0 : -1;
    }
  }

  /** As focus(0), in the list as it is now: the last key may have changed the filter, and no frame may have shown that yet. */
  focusFirst() {
    this.render();
    this.focus(0);
  }

  /** Moves the focus to the tile of that index, and the view with it. */
  focus(index) {
    const list = this.#model.list;
    if (!list.length) {
      return;
    }
    const to = Math.max(0, Math.min(list.length - 1, index));
    const { top } = this.#spot(to);
    const { height, heading } = this.#layout;
    if (top - heading < this.#view.scrollTop) {
      this.#view.scrollTop = top - heading;
    } else if (top + height > this.#view.scrollTop + this.#view.clientHeight) {
      this.#view.scrollTop = top + height + GAP - this.#view.clientHeight;
    }
    this.#current = list[to].key;
    this.#fill();
    const box = this.#tiles.get(this.#current).box;
    this.#current = null;
    this.#focused(box);
    box.focus({ preventScroll: true });
  }

  #key(event) {
    const tile = this.#tiles.get(event.target.closest('.tile')?.dataset.key);
    if (!tile || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const { columns, height, gap } = this.#layout;
    const rows = Math.max(1, Math.floor(this.#view.clientHeight / (height + gap)));
    const steps = {
      ArrowLeft: -1, ArrowRight: 1, PageUp: -rows * columns, PageDown: rows * columns, Home: -Infinity, End: Infinity,
    };
    let to = null;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      to = this.#vertical(tile.index, event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key in steps) {
      to = tile.index + steps[event.key];
    }
    if (to !== null) {
      event.preventDefault();
      this.focus(to);
    }
  }

  /** The index in the row below or above, of another group if need be. */
  #vertical(index, by) {
    const { columns } = this.#layout;
    const g = this.#groups.findIndex((each) => index < each.first + each.count);
    const group = this.#groups[g];
    const at = index - group.first + by * columns;
    const column = (index - group.first) % columns;
    const lastRow = Math.floor((group.count - 1) / columns);
    if (at >= 0 && Math.floor(at / columns) <= lastRow) {
      return group.first + Math.min(at, group.count - 1);
    }
    const next = this.#groups[g + by];
    if (!next) {
      return index;
    }
    const row = by > 0 ? 0 : Math.floor((next.count - 1) / columns);
    return next.first + Math.min(row * columns + column, next.count - 1);
  }
}
