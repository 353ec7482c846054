// The search over the guides. Its index, window.guideIndex, is made with the pages; nothing leaves this computer.
(() => {
  'use strict';

  const MOST = 15;
  const form = document.getElementById('guide-search');
  const input = form.querySelector('input');
  const list = form.querySelector('ol');
  const sections = window.guideIndex.map(([page, id, title, heading, text]) => ({
    page, id, title, heading, text, lowTitle: title.toLowerCase(), lowHeading: heading.toLowerCase(), lowText: text.toLowerCase(),
  }));

  /** How well a section fits: 0 if it lacks a word; words in its heading count most. */
  function score(section, words) {
    let sum = 0;
    for (const word of words) {
      const at = (section.lowHeading.includes(word) ? 10 : 0) + (section.lowTitle.includes(word) ? 4 : 0)
        + Math.min(3, section.lowText.split(word).length - 1);
      if (at === 0) return 0;
      sum += at;
    }
    return sum;
  }

  /** The text around the first word, with the words marked. */
  function excerpt(section, words) {
    const first = Math.max(0, Math.min(...words.map(word => section.lowText.indexOf(word)).filter(at => at >= 0), Infinity));
    const start = Number.isFinite(first) ? Math.max(0, first - 40) : 0;
    const part = section.text.slice(start, start + 140);
    const line = document.createElement('small');
    const pattern = new RegExp('(' + words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|') + ')', 'i');
    if (start > 0) line.append('… ');
    part.split(pattern).forEach((piece, i) => {
      if (i % 2 === 0) {
        line.append(piece);
      } else {
        const mark = document.createElement('mark');
        mark.textContent = piece;
        line.append(mark);
      }
    });
    if (start + 140 < section.text.length) line.append(' …');
    return line;
  }

  function result(section, words) {
    const link = document.createElement('a');
    link.href = form.dataset.root + section.page + '#' + section.id;
    link.textContent = section.heading === section.title ? section.title : section.title + ': ' + section.heading;
    const item = document.createElement('li');
    item.append(link, excerpt(section, words));
    return item;
  }

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word.length > 0);
    list.replaceChildren();
    if (words.length === 0) return;
    const found = sections.map(section => ({ section, score: score(section, words) }))
      .filter(each => each.score > 0)
      .sort((a, b) => b.score - a.score);
    list.append(...found.slice(0, MOST).map(each => result(each.section, words)));
    const line = document.createElement('li');
    line.className = 'count';
    line.textContent = found.length === 0 ? 'No section has all these words.'
      : found.length > MOST ? `${MOST} of ${found.length} sections` : '';
    if (line.textContent) list.append(line);
  }

  form.hidden = false;
  input.addEventListener('input', search);
  form.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      input.value = '';
      search();
    } else if (event.key === 'Enter' && event.target === input && list.querySelector('a')) {
      list.querySelector('a').click();
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });
})();
