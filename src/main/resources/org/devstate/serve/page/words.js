// The words, times and elements that all parts of the page share.

export const DEVICE = 'device_state';
export const MAILBOX = 'message_waiting';

/** Asterisk's device states in the order in which a reader wants them, each with its label. */
export const STATES = new Map([
  ['RINGING', 'Ringing'],
  ['RINGINUSE', 'Ringing, in use'],
  ['INUSE', 'In use'],
  ['ONHOLD', 'On hold'],
  ['BUSY', 'Busy'],
  ['UNAVAILABLE', 'Unavailable'],
  ['INVALID', 'Invalid'],
  ['UNKNOWN', 'Unknown'],
  ['NOT_INUSE', 'Not in use'],
  ['MAIL', 'New messages'],
  ['NO_MAIL', 'No new messages'],
]);

/** The class of a value, which decides colour and symbol: a device state itself, or whether a mailbox has new messages. */
export function lookOf(node, value) {
  if (node === MAILBOX) {
    return newMessages(value) > 0 ? 'MAIL' : 'NO_MAIL';
  }
  return STATES.has(value) ? value : 'UNKNOWN';
}

/** A value as a reader sees it. A value that this page does not know is shown as it is. */
export function wordOf(node, value) {
  if (node === MAILBOX) {
    const [fresh, old] = counts(value);
    return `${fresh} new, ${old} old`;
  }
  return STATES.get(value) ?? (value || 'No value');
}

/** The new and the old messages of a mailbox. */
export function counts(value) {
  const parts = String(value ?? '').split('/');
  return [Number(parts[0]) || 0, Number(parts[1]) || 0];
}

function newMessages(value) {
  return counts(value)[0];
}

/** The server that publishes an entry: the account of its session. */
export function accountOf(row) {
  return String(row.session ?? '').replace(/\/.*/, '');
}

/** An element with that class and text. Names are chosen by others: they only ever become text. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/** A symbol, whose shape the style sheet draws. */
export function symbol(look) {
  const made = element('span', 'symbol');
  made.dataset.look = look;
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** Sets a text only if it differs, so that nothing is laid out again for nothing. */
export function setText(where, text) {
  if (where.textContent !== text) {
    where.textContent = text;
  }
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY_TIME = new Intl.DateTimeFormat(undefined, {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit',
});
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** A time in the viewer's zone, with the day if that is another one. */
export function timeText(ms) {
  if (!Number.isFinite(ms)) {
    return 'unknown time';
  }
  return new Date(ms).toDateString() === new Date().toDateString() ? TIME.format(ms) : DAY_TIME.format(ms);
}

/** The same with day and zone. */
export function fullTime(ms) {
  return Number.isFinite(ms) ? FULL.format(ms) : 'unknown time';
}

/** A duration, as short as a tile needs it. */
export function ageText(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (!Number.isFinite(s)) {
    return '';
  }
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min`;
  }
  return s < 86400 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 86400)} d`;
}
