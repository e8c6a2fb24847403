'use strict';

(() => {
  const root = document.documentElement;

  // Times: the server writes UTC, people read their own time.
  const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  function localTimes(within) {
    for (const time of within.querySelectorAll('time[datetime]')) {
      if (!time.title) {
        time.title = time.textContent;
        time.textContent = clock.format(new Date(time.dateTime));
      }
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
    if (!preset) return;
    const wanted = preset.dataset.preset.split(' ');
    for (const box of document.querySelectorAll('[data-preset-target]')) {
      box.checked = wanted.includes(box.value);
      box.disabled = wanted.includes('*');
    }
  });

  // Live parts: the server says that something has changed, and the part is fetched anew.
  for (const live of document.querySelectorAll('[data-live]')) {
    const source = new EventSource(live.dataset.live);
    const state = document.getElementById('live-state');
    source.addEventListener('open', () => state?.setAttribute('data-state', 'on'));
    source.addEventListener('error', () => state?.setAttribute('data-state', 'off'));
    source.addEventListener('changed', () => {
      const part = document.getElementById(live.id);
      if (part && document.visibilityState === 'visible') htmx.trigger(part, 'changed');
    });
    source.addEventListener('ended', () => source.close());
    window.addEventListener('pagehide', () => source.close());
  }

  document.addEventListener('htmx:after:swap', () => enhance(document));

  const menu = document.getElementById('menu');
  if (menu && matchMedia('(max-width: 52rem)').matches) menu.setAttribute('data-folded', '');
  for (const each of document.querySelectorAll('.themes')) each.hidden = false;
  enhance(document);
})();
