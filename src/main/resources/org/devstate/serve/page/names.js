// Names on tiles: shown whole, in the largest letters that fit. Only names of more than about 80 characters, on the wall 60, are cut.

const LINE = 1.12; // the height of a line, in sizes of its text; the style sheet has the same
const ONE_LINE = 0.85; // of the largest size: a name that fits on one line that large is not broken
const WIDER = 1.05; // small text may be wider than its measure, because its dots are whole
const BREAK = /[^\p{L}\p{N}]/u; // a line ends behind such a character if it can
const FULL = 0.5; // of a line, at least, if it ends there

/** The widths of characters at one size of text, so that nothing has to be laid out to know how long a name is. */
const pen = document.createElement('canvas').getContext('2d');
const widths = new Map();
let font = '';

/** Sets the font that all names have. */
export function setNameFont(family) {
  const named = `650 100px ${family}`;
  if (font !== named) {
    font = named;
    pen.font = named;
    widths.clear();
  }
}

/** The width of a character in sizes of its text. */
function widthOf(character) {
  let width = widths.get(character);
  if (width === undefined) {
    width = (pen.measureText(character).width / 100) * WIDER;
    widths.set(character, width);
  }
  return width;
}

/** The lines of a name that may be as wide as that, in sizes of its text; none if words must stay whole and cannot. */
function linesOf(characters, room, areWordsWhole) {
  const lines = [];
  let line = '';
  let width = 0;
  let good = ''; // as much of the line as ends where a reader would break it
  let goodWidth = 0;
  for (const character of characters) {
    const own = widthOf(character);
    if (line && width + own > room) {
      if (areWordsWhole && !good) {
        return [];
      }
      const end = areWordsWhole || goodWidth >= FULL * room ? good : line;
      lines.push(end);
      width -= end === good ? goodWidth : width;
      line = line.slice(end.length);
      good = '';
      goodWidth = 0;
    }
    line += character;
    width += own;
    if (BREAK.test(character)) {
      good = line;
      goodWidth = width;
    }
  }
  lines.push(line);
  return lines;
}

/** The largest size, and the lines, of a name that fits in the box; it need not with the smallest size. */
function fit(characters, { width, height, largest, smallest }, areWordsWhole) {
  for (let size = largest; ; size = Math.max(smallest, size - 1)) {
    const lines = linesOf(characters, width / size, areWordsWhole);
    const isFitting = lines.length > 0 && lines.length * size * LINE <= height;
    if (isFitting || size <= smallest) {
      return { size, lines, isFitting };
    }
  }
}

/**
 * Shows a name in a box. The lines are divided by <wbr>, so that its text stays the name.
 *
 * @param box { width, height, largest, smallest } in pixels
 */
export function showName(where, name, box) {
  const characters = [...name];
  const whole = characters.reduce((sum, character) => sum + widthOf(character), 0);
  let found = { size: Math.min(box.largest, box.width / whole), lines: [name] };
  if (found.size < ONE_LINE * box.largest) {
    found = fit(characters, box, true);
    found = found.isFitting ? found : fit(characters, box, false);
  }
  const { size, lines } = found;
  where.style.fontSize = `${size}px`;
  where.style.webkitLineClamp = Math.max(1, Math.floor(box.height / (size * LINE)));
  where.classList.toggle('long', lines.length > 1);
  where.replaceChildren(...lines.flatMap((line, i) => (i ? [document.createElement('wbr'), line] : [line])));
}
