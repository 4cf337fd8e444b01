// Optional comfort: "/" goes to the search field, words are suggested while typing, the citation can be copied.
// Every page works without it.
(() => {
  'use strict';
  const field = document.querySelector('input[data-suggest]');

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key === '/' && field && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  if (field) {
    const list = document.createElement('ul');
    const status = document.createElement('p');
    let shown = [];
    let chosen = -1;
    let timer = 0;
    let asked = 0;

    list.className = 'suggestions';
    list.id = 'vorschlaege';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'Wörter aus dem Archiv');
    status.className = 'visually-hidden';
    status.setAttribute('role', 'status');
    field.parentElement.append(list, status);
    for (const [name, value] of [
      ['role', 'combobox'], ['aria-autocomplete', 'list'],
      ['aria-expanded', 'false'], ['aria-controls', list.id],
    ]) field.setAttribute(name, value);

    const close = () => {
      list.hidden = true;
      chosen = -1;
      field.setAttribute('aria-expanded', 'false');
      field.removeAttribute('aria-activedescendant');
    };

    // What the reader has chosen stands, even if the answer to an earlier letter comes late.
    const settle = () => {
      asked += 1;
      clearTimeout(timer);
    };

    const choose = (position) => {
      settle();
      chosen = position;
      [...list.children].forEach((item, index) => item.setAttribute('aria-selected', String(index === chosen)));
      if (chosen < 0) field.removeAttribute('aria-activedescendant');
      else field.setAttribute('aria-activedescendant', list.children[chosen].id);
    };

    const take = (position) => {
      settle();
      field.value = field.value.replace(/\S*$/, shown[position].text + ' ');
      close();
      field.focus();
    };

    const show = (words) => {
      shown = words;
      list.replaceChildren(...words.map((word, index) => {
        const item = document.createElement('li');
        const count = document.createElement('span');
        item.id = 'vorschlag-' + index;
        item.setAttribute('role', 'option');
        item.setAttribute('aria-selected', 'false');
        item.textContent = word.text;
        count.textContent = String(word.documents);
        count.setAttribute('aria-hidden', 'true');
        item.append(count);
        item.addEventListener('mousedown', (event) => { event.preventDefault(); take(index); });
        return item;
      }));
      chosen = -1;
      list.hidden = words.length === 0;
      field.setAttribute('aria-expanded', String(words.length > 0));
      field.removeAttribute('aria-activedescendant');
      status.textContent = words.length ? words.length + ' Vorschläge' : '';
    };

    const ask = async () => {
      const number = ++asked;
      if (!/[^\s"()*]{3,}$/.test(field.value)) { close(); return; }
      try {
        const answer = await fetch('/api/vorschlaege?q=' + encodeURIComponent(field.value));
        const words = answer.ok ? await answer.json() : [];
        if (number === asked && document.activeElement === field) show(words);
      } catch { close(); }
    };

    field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
    field.addEventListener('blur', close);
    field.addEventListener('keydown', (event) => {
      if (list.hidden) return;
      const last = shown.length - 1;
      if (event.key === 'ArrowDown') choose(chosen >= last ? 0 : chosen + 1);
      else if (event.key === 'ArrowUp') choose(chosen <= 0 ? last : chosen - 1);
      else if (event.key === 'Enter' && chosen >= 0) take(chosen);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
    });
  }

  const citation = document.getElementById('zitat');
  if (citation && navigator.clipboard) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet copy';
    button.textContent = 'Zitat kopieren';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(citation.textContent);
      button.textContent = 'Kopiert';
      setTimeout(() => { button.textContent = 'Zitat kopieren'; }, 2000);
    });
    citation.after(button);
  }
})();
