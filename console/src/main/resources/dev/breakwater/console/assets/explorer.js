'use strict';

// The form of the API explorer. The call goes straight from this tab to the API, without cookies, so it has the rights of
// what was typed in and no others. Nothing that was typed in is kept, or sent to any page.
(() => {
  const form = document.getElementById('call');
  if (!form) return;
  const { method, path: template, sdk: sdkTemplate } = form.dataset;
  const byId = id => document.getElementById(id);
  const LONGEST_BODY = 2 * 1024 * 1024;
  const LONGEST_TEXT = 256 * 1024;
  const PATIENCE = 60_000;
  let running;

  // What was filled in.

  const callers = byId('caller');
  const fields = [...form.querySelectorAll('[data-parameter]')];
  const lines = text => text.split('\n').map(line => line.trim()).filter(line => line !== '');
  const valuesOf = field => field.dataset.shape === 'LIST' ? lines(field.value) : field.value === '' ? [] : [field.value];
  const inPlace = place => fields.filter(field => field.dataset.in === place)
    .flatMap(field => valuesOf(field).map(value => ({ name: field.dataset.parameter, value, shape: field.dataset.shape })));

  // A form puts the path together with its values, or with their names where a command is only shown.
  function pathWith(missing) {
    const values = Object.fromEntries(inPlace('path').map(each => [each.name, each]));
    return template.replace(/\{([^}]+)\}/g, (whole, name) => {
      const given = values[name];
      if (!given) return missing(name);
      return given.shape === 'SEGMENTS'
        ? given.value.split('/').map(encodeURIComponent).join('/')
        : encodeURIComponent(given.value);
    });
  }

  function query() {
    const pairs = inPlace('query').map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    return pairs.length === 0 ? '' : '?' + pairs.join('&');
  }

  function mediaType() {
    return byId('media')?.value;
  }

  function bodyText() {
    return byId('body')?.value ?? '';
  }

  function hasForm() {
    return fields.some(field => field.dataset.in === 'form');
  }

  function body() {
    if (byId('body')) return bodyText().trim() === '' ? undefined : bodyText();
    if (byId('file')) return byId('file').files[0];
    if (!hasForm()) return undefined;
    return new URLSearchParams(inPlace('form').map(({ name, value }) => [name, value])).toString();
  }

  function base64(text) {
    return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
  }

  function authorization() {
    if (callers.value === 'BEARER') return 'Bearer ' + byId('token').value.trim();
    if (callers.value === 'BASIC') return 'Basic ' + base64(`${byId('user').value}:${byId('pass').value}`);
    return undefined;
  }

  // A path such as /v1/events/.. would be another one for the browser, perhaps that of a page.
  function address() {
    const wanted = pathWith(() => '');
    const url = new URL(wanted + query(), location.origin);
    if (url.origin !== location.origin || url.pathname !== wanted) {
      throw new Error('These values make another path than that of this operation. A part of a path must not be "." or "..".');
    }
    return url;
  }

  function request() {
    const headers = new Headers();
    for (const { name, value } of inPlace('header')) headers.append(name, value);
    const secret = authorization();
    if (secret) headers.set('Authorization', secret);
    const content = method === 'GET' ? undefined : body();
    if (content !== undefined && mediaType()) headers.set('Content-Type', mediaType());
    return {
      method,
      headers,
      body: content,
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    };
  }

  // The same call for a terminal and for a program. A secret is a variable there, whatever was typed in.

  const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`;

  function curl() {
    const parts = [`curl -i ${method === 'GET' ? '' : `-X ${method} `}${quoted(location.origin + pathWith(name => `{${name}}`) + query())}`];
    const variable = callers.selectedOptions[0]?.dataset.variable;
    if (callers.value === 'BEARER') parts.push(`-H "Authorization: Bearer $${variable}"`);
    if (callers.value === 'BASIC') parts.push(`-u ${quoted(byId('user').value)}:"$${variable}"`);
    for (const { name, value } of inPlace('header')) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
    if (byId('body') && bodyText().trim() !== '') {
      parts.push(`-H ${quoted(`Content-Type: ${mediaType()}`)}`, `-d ${quoted(bodyText().trim())}`);
    } else if (byId('file')) {
      parts.push(`-H ${quoted(`Content-Type: ${mediaType()}`)}`, `--data-binary ${quoted('@' + (byId('file').files[0]?.name ?? 'FILE'))}`);
    } else if (hasForm()) {
      for (const { name, value, shape } of inPlace('form')) {
        parts.push(`--data-urlencode ${shape === 'SECRET' ? `"${name}=$${name.toUpperCase()}"` : quoted(`${name}=${value}`)}`);
      }
    }
    return parts.join(' \\\n  ');
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  const camelCase = name => name.replace(/_([a-z])/g, (match, letter) => letter.toUpperCase());

  function literal(value, indent = '') {
    const deeper = indent + '  ';
    if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
    if (typeof value !== 'object' || value === null) return String(value);
    const items = Array.isArray(value)
      ? value.map(item => literal(item, deeper))
      : Object.entries(value).map(([name, item]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)}: ${literal(item, deeper)}`);
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    if (items.length === 0) return open + close;
    const line = items.join(', ');
    if (line.length < 60 && !line.includes('\n')) return Array.isArray(value) ? `[${line}]` : `{ ${line} }`;
    return `${open}\n${items.map(item => `${deeper}${item},\n`).join('')}${indent}${close}`;
  }

  // The SDK names members in camelCase, but never inside a payload; its requests are flat.
  const renamed = members => Object.fromEntries(Object.entries(members).map(([name, value]) => [camelCase(name), value]));

  function queryMembers() {
    const members = {};
    for (const field of fields.filter(each => each.dataset.in === 'query')) {
      const values = valuesOf(field);
      if (values.length === 0) continue;
      const numeric = field.dataset.parameter === 'limit' && /^\d+$/.test(values[0]);
      members[field.dataset.parameter] = values.length > 1 ? values : numeric ? Number(values[0]) : values[0];
    }
    return members;
  }

  function sdk() {
    const key = inPlace('header').find(each => each.name === 'Idempotency-Key')?.value;
    const content = parsed(bodyText());
    const call = sdkTemplate
      .replace(/\{path\.(\w+)\}/g, (whole, name) => literal(inPlace('path').find(each => each.name === name)?.value ?? '…'))
      .replace('{query}', () => literal(renamed(queryMembers())))
      .replace('{body}', () => literal(content !== null && typeof content === 'object' ? renamed(content) : {}))
      .replace(', {options}', () => key ? `, ${literal({ idempotencyKey: key })}` : '');
    return `import { Harbor } from '@harbor/sdk';\n\nconst harbor = new Harbor({\n  secretKey: process.env.HARBOR_SECRET_KEY,\n  host: ${literal(location.origin)},\n});\nconst answer = await ${call};`;
  }

  function showCommands() {
    byId('curl').textContent = curl();
    if (sdkTemplate) byId('sdk').textContent = sdk();
  }

  // JSON set out for reading. Only white space changes: numbers and strings stay as they were sent.
  function setOut(text) {
    let out = '';
    let depth = 0;
    let before;
    const line = () => { out += '\n' + '  '.repeat(Math.min(depth, 40)); };
    for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/g)) {
      if (token === '{' || token === '[') {
        out += token;
        depth++;
        line();
      } else if (token === '}' || token === ']') {
        depth--;
        if (before === '{' || before === '[') out = out.trimEnd();
        else line();
        out += token;
      } else {
        out += token;
        if (token === ',') line();
        if (token === ':') out += ' ';
      }
      before = token;
    }
    return out;
  }

  // The answer.

  function pill(text, tone) {
    const element = document.createElement('span');
    element.className = `pill ${tone}`;
    element.textContent = text;
    return element;
  }

  function note(text) {
    const element = document.createElement('span');
    element.className = 'muted small';
    element.textContent = text;
    return element;
  }

  const size = bytes => bytes < 1024 ? `${bytes} bytes` : bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const length = milliseconds => milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  const tones = { 2: 'good', 3: 'live', 4: 'warn', 5: 'bad' };

  function say(...parts) {
    byId('answer').hidden = false;
    byId('answer-status').replaceChildren(...parts);
  }

  function showHeaders(headers) {
    const rows = [...headers].flatMap(([name, value]) => {
      const [term, detail] = [document.createElement('dt'), document.createElement('dd')];
      term.textContent = name;
      detail.textContent = value;
      return [term, detail];
    });
    byId('answer-headers').replaceChildren(...rows);
  }

  const isText = type => type === '' || /json|^text\/|xml|yaml|javascript|x-www-form-urlencoded/.test(type);

  async function read(response, progress) {
    const chunks = [];
    let bytes = 0;
    const reader = response.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done) return { chunks, bytes, whole: true };
      chunks.push(value);
      bytes += value.length;
      progress(chunks, bytes);
      if (bytes > LONGEST_BODY) {
        await reader.cancel();
        return { chunks, bytes, whole: false };
      }
    }
    return { chunks, bytes, whole: true };
  }

  async function textOf(chunks) {
    return new Blob(chunks).text();
  }

  function shown(text, type, whole) {
    const set = whole && /json/.test(type) && parsed(text) !== undefined ? setOut(text) : text;
    return set.length > LONGEST_TEXT ? `${set.slice(0, LONGEST_TEXT)}\n… and more` : set;
  }

  async function send() {
    const url = address();
    const call = request();
    const stop = new AbortController();
    running = stop;
    byId('send').disabled = true;
    byId('stop').hidden = false;
    byId('answer-parts').hidden = true;
    byId('answer-body').textContent = '';
    say(note('Sending …'));
    const begin = performance.now();
    const limit = setTimeout(() => stop.abort(), PATIENCE);
    let head = [];
    try {
      const response = await fetch(url, { ...call, signal: stop.signal });
      const took = performance.now() - begin;
      if (response.type === 'opaqueredirect') {
        say(pill('redirect', 'live'), note(`${length(took)}. It leads elsewhere. Browsers do not tell a page where to; curl shows it.`));
        return;
      }
      const type = response.headers.get('Content-Type') ?? '';
      head = [pill(`${response.status} ${response.statusText}`.trim(), tones[Math.floor(response.status / 100)] ?? ''), note(length(took))];
      say(...head);
      showHeaders(response.headers);
      byId('answer-parts').hidden = false;
      const readable = isText(type);
      // A body that comes in pieces, such as a stream of events, can be read while it comes.
      const { chunks, bytes, whole } = await read(response, async pieces => {
        if (readable && !/json/.test(type)) byId('answer-body').textContent = shown(await textOf(pieces), type, false);
      });
      say(...head, note(whole ? size(bytes) : `the first ${size(bytes)}`));
      byId('answer-body').textContent = bytes === 0
        ? 'There is no body.'
        : readable ? shown(await textOf(chunks), type, whole) : `${size(bytes)} of ${type}, which are not shown.`;
    } catch (failure) {
      const reason = stop.signal.aborted
        ? 'Stopped before the answer was complete.'
        : `The call did not get through: ${failure.message}. Check that this server is still running, then try again.`;
      say(...head, pill('no answer', 'bad'), note(reason));
    } finally {
      clearTimeout(limit);
      byId('send').disabled = false;
      byId('stop').hidden = true;
      byId('answer').scrollIntoView({ block: 'nearest' });
    }
  }

  // Which fields are there follows from who calls.
  function showCaller() {
    for (const field of form.querySelectorAll('[data-for-caller]')) field.hidden = field.dataset.forCaller !== callers.value;
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (method === 'DELETE' && !window.confirm('Send this call? What it deletes may be gone for good.')) return;
    send().catch(failure => say(pill('not sent', 'bad'), note(failure.message)));
  });
  byId('stop').addEventListener('click', () => running?.abort());
  form.addEventListener('input', showCommands);
  form.addEventListener('change', () => {
    showCaller();
    showCommands();
  });
  // A page that the browser kept must not come back with what was typed in.
  window.addEventListener('pagehide', () => {
    for (const id of ['token', 'pass']) if (byId(id)) byId(id).value = '';
  });
  showCaller();
  showCommands();
})();
