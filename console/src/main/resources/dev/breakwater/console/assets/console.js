'use strict';

(() => {
  const root = document.documentElement;

  // Times: the server writes UTC, people read their own time.
  const ofToday = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
  const ofOtherDays = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  function localTimes(within) {
    const today = new Date().toDateString();
    for (const time of within.querySelectorAll('time[datetime]:not([title])')) {
      const at = new Date(time.dateTime);
      time.title = time.textContent;
      time.textContent = (at.toDateString() === today ? ofToday : ofOtherDays).format(at);
    }
  }

  function enhance(within) {
    localTimes(within);
    for (const each of within.querySelectorAll('[data-without-script]')) each.hidden = true;
    for (const each of within.querySelectorAll('[data-with-script]')) each.hidden = false;
  }

  // The colours are remembered by a cookie, so that the server sends each page with them.
  function choose(theme) {
    root.dataset.theme = theme;
    document.cookie = `breakwater_theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
    for (const button of document.querySelectorAll('[data-theme-choice]')) {
      button.setAttribute('aria-pressed', String(button.dataset.themeChoice === theme));
    }
  }

  function toggle(button) {
    const target = document.getElementById(button.dataset.toggle);
    const open = target.toggleAttribute('data-folded') === false;
    button.setAttribute('aria-expanded', String(open));
  }

  async function copy(button) {
    const text = document.getElementById(button.dataset.copy).textContent;
    const label = button.querySelector('.copy-label');
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(text);
      label.textContent = 'Copied';
    } catch {
      const range = document.createRange();
      range.selectNodeContents(document.getElementById(button.dataset.copy));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      label.textContent = 'Selected';
    }
    setTimeout(() => { label.textContent = before; }, 2000);
  }

  document.addEventListener('click', event => {
    const choice = event.target.closest('[data-theme-choice]');
    const toggled = event.target.closest('[data-toggle]');
    const copied = event.target.closest('[data-copy]');
    if (choice) choose(choice.dataset.themeChoice);
    if (toggled) toggle(toggled);
    if (copied) copy(copied);
  });

  document.addEventListener('submit', event => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  document.addEventListener('change', event => {
    const form = event.target.closest('form[data-submit-on-change]');
    if (form) form.requestSubmit();
  });

  // Presets fill in a group of checkboxes; a change by hand lets go of the preset.
  document.addEventListener('change', event => {
    const preset = event.target.closest('[data-preset]');
    const boxes = document.querySelectorAll('[data-preset-target]');
    if (preset) {
      const wanted = preset.dataset.preset.split(' ');
      for (const box of boxes) box.checked = wanted.includes(box.value) || wanted.includes('*');
    } else if (event.target.matches('[data-preset-target]')) {
      document.querySelector('[data-preset-none]').checked = true;
    }
  });

  // Live parts: the server says that something has changed, and the part is fetched anew. A hidden page lets go of its
  // stream, because browsers open only a few connections to one host.
  const live = document.querySelector('[data-live]');
  let source;
  let following = false;
  function follow() {
    source = new EventSource(live.dataset.live);
    // What changed between the page and its stream was told to nobody, so the part is fetched once the stream is open.
    source.addEventListener('open', () => { state(true); refresh(); });
    source.addEventListener('error', () => state(false));
    source.addEventListener('changed', refresh);
  }
  function state(on) {
    following = on;
    document.getElementById('live-state')?.setAttribute('data-state', on ? 'on' : 'off');
  }
  function refresh() {
    const part = document.getElementById(live.id);
    if (part) htmx.trigger(part, 'changed');
  }
  if (live) {
    follow();
    document.addEventListener('visibilitychange', () => {
      source.close();
      if (document.visibilityState === 'visible') follow();
    });
    window.addEventListener('pagehide', () => source.close());
  }

  document.addEventListener('htmx:after:swap', () => {
    enhance(document);
    if (live) state(following);
  });

  const menu = document.getElementById('menu');
  if (menu && matchMedia('(max-width: 52rem)').matches) menu.setAttribute('data-folded', '');
  for (const each of document.querySelectorAll('.themes')) each.hidden = false;
  enhance(document);
})();
