'use strict';

// Asks the browser for passkeys. It only fills in the forms of a page, which are then sent like any other. Their words are
// in their `data-` attributes.
{
  const MINUTE_MS = 60_000;
  // A challenge is valid for five minutes.
  const RENEW_MS = 4 * MINUTE_MS;
  // A browser that makes a passkey by itself may never answer, and takes no other request until then.
  const UPGRADE_MS = 10_000;
  const SIGNAL_MS = 3_000;

  const forms = [...document.querySelectorAll('form[data-passkey]')];
  const of = (kind) => forms.filter((form) => form.dataset.passkey === kind);
  const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const base64url = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

  /** What the server reads of an answer, by hand: the objects of some password managers have no `toJSON`. */
  const written = (credential, creates) => {
    const names = creates ? ['clientDataJSON', 'attestationObject'] : ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'];
    const response = {};
    for (const name of names) if (credential.response[name]) response[name] = base64url(credential.response[name]);
    let extensions = {};
    try {
      if (creates) response.transports = credential.response.getTransports?.();
      extensions = { credProps: credential.getClientExtensionResults().credProps };
    } catch { /* Neither is needed. */ }
    return JSON.stringify({ rawId: base64url(credential.rawId), type: 'public-key', response, clientExtensionResults: extensions });
  };

  /** The same options with bytes for text. */
  const read = (options) => {
    const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
    const result = { ...options, challenge: bytes(options.challenge) };
    if (options.user) result.user = { ...options.user, id: bytes(options.user.id) };
    if (options.allowCredentials) result.allowCredentials = known(options.allowCredentials);
    if (options.excludeCredentials) result.excludeCredentials = known(options.excludeCredentials);
    return result;
  };

  // For each form, when its options were asked for, and the promise of the answer. They are there before the click: after
  // a request of its own, Safari would no longer see that someone clicked.
  const asked = new Map();
  const load = (form) => {
    const answer = fetch(form.dataset.options, { headers: { Accept: 'application/json' } })
      .then(async (response) => ({ status: response.status, body: await response.json() })).catch(() => ({ status: 0, body: {} }));
    asked.set(form, { at: Date.now(), answer });
    return answer;
  };
  const isOld = (form) => Date.now() - asked.get(form).at >= RENEW_MS;

  // A browser takes one request at a time, signals included.
  let underway;
  let signals = Promise.resolve();
  const request = async (form, options, more = {}) => {
    underway?.abort();
    const mine = new AbortController();
    underway = mine;
    try {
      await signals;
      const creates = form.dataset.passkey !== 'get';
      const wanted = { publicKey: read(options), signal: mine.signal, ...more };
      return written(await (creates ? navigator.credentials.create(wanted) : navigator.credentials.get(wanted)), creates);
    } finally {
      if (underway === mine) underway = undefined;
    }
  };

  let sent = false;
  let clicked = false;
  const send = (form, credential) => {
    const { elements } = form;
    elements.credential.value = credential;
    if (elements.remember) elements.remember.disabled = !document.querySelector('input[type="checkbox"][name="remember"]')?.checked;
    sent = true;
    form.submit();
  };

  const say = (form, text) => {
    form.querySelector('[role="alert"]')?.remove();
    if (!text) return;
    const line = document.createElement('p');
    line.className = 'notice error';
    line.setAttribute('role', 'alert');
    line.textContent = text;
    form.prepend(line);
  };

  /** After a failure. A visitor who cancels reads nothing, and no error is shown in the words of the browser. */
  const explain = (form, { name }) => {
    const { failed, known } = form.dataset;
    const silent = ['AbortError', 'NotAllowedError'].includes(name);
    const sentence = name === 'InvalidStateError' ? known : failed;
    say(form, silent ? '' : sentence);
    // A security key without a PIN fails like this too. Another form adds it.
    if (of('create').includes(form) && name !== 'InvalidStateError') {
      for (const other of of('create')) other.closest('details')?.setAttribute('open', '');
    }
  };

  const click = async (form) => {
    if (sent || clicked) return;
    clicked = true;
    say(form, '');
    try {
      const { status, body } = await (isOld(form) ? load(form) : asked.get(form).answer);
      if (status === 200) {
        send(form, await request(form, body));
      } else if (status === 401) {
        // The session has ended, or it was long ago that someone proved to be its user.
        const page = body.error?.reauthenticate;
        if (page) location.assign(`${page}?next=${encodeURIComponent(location.pathname + location.search)}`);
        else location.reload();
      } else {
        throw new Error(`the options had status ${status}`);
      }
    } catch (error) {
      explain(form, error);
      load(form);
      offerWhenTouched();
    } finally {
      clicked = false;
    }
  };

  /** Lets the browser offer passkeys in the email field. */
  const offer = async () => {
    const form = forms.find(({ dataset }) => dataset.autofill !== undefined);
    if (!form || form.hidden || sent || underway || !await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    const { status, body } = await asked.get(form).answer;
    if (status !== 200 || sent || underway) return;
    try {
      send(form, await request(form, body, { mediation: 'conditional' }));
    } catch (error) {
      if (error.name !== 'AbortError') offerWhenTouched();
    }
  };

  /** The same, once the visitor does something: an authenticator that answers by itself would fail for ever. */
  const offerWhenTouched = () => {
    const touched = () => {
      removeEventListener('keydown', touched);
      removeEventListener('pointerdown', touched);
      offer();
    };
    addEventListener('keydown', touched);
    addEventListener('pointerdown', touched);
  };

  /** Lets the browser make a passkey by itself, from the password that it has just filled in. */
  const upgrade = async (form) => {
    const can = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
    if (!can?.conditionalCreate) return;
    const { status, body } = await load(form);
    asked.delete(form);
    if (status !== 200 || !body || underway) return;
    try {
      const making = request(form, body, { mediation: 'conditional' });
      const mine = underway;
      setTimeout(() => mine.abort(), UPGRADE_MS);
      form.elements.credential.value = await making;
      // Its answer leads to a page, whose notice the next page shows.
      await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
    } catch { /* It was an offer of the browser, and no one asked for it. */ }
  };

  /** Tells the browser which passkeys there are. One that takes too long holds up nothing else. */
  const signal = async () => {
    for (const { dataset } of document.querySelectorAll('[data-signal]')) {
      const telling = async () => PublicKeyCredential[dataset.signal]?.(JSON.parse(dataset.with));
      await Promise.race([telling().catch(() => {}), pause(SIGNAL_MS)]);
    }
  };

  /** Fetches what has grown old while the page was open. After a click, the browser shows its own dialog. */
  const renew = () => {
    if (document.visibilityState !== 'visible' || clicked) return;
    const old = [...asked.keys()].filter(isOld);
    old.forEach(load);
    if (!old.some(({ dataset }) => dataset.autofill !== undefined) || !underway) return;
    underway.abort();
    underway = undefined;
    offer();
  };

  const show = (form) => {
    const { text, class: kind } = form.dataset;
    const button = document.createElement('button');
    button.className = kind;
    button.textContent = text;
    form.append(button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      click(form);
    });
    form.hidden = false;
    load(form);
  };

  const begin = () => {
    const usable = forms.filter(({ dataset }) => dataset.origins.split(' ').includes(location.origin));
    for (const form of usable) if (form.dataset.text) show(form);
    // Where the browser would refuse, such as at an IP address, there is no button: a sentence, and once.
    const [elsewhere] = forms.filter((form) => !usable.includes(form) && form.dataset.elsewhere);
    if (elsewhere) {
      const line = document.createElement('p');
      line.className = 'hint';
      line.textContent = elsewhere.dataset.elsewhere;
      elsewhere.replaceWith(line);
    }
    signals = signal();
    // After a failure, too, the page may be shown again.
    if (document.querySelector('main .notice.error')) offerWhenTouched();
    else offer();
    const [form] = of('upgrade').filter((one) => usable.includes(one));
    if (form) upgrade(form);
    setInterval(renew, MINUTE_MS / 2);
    document.addEventListener('visibilitychange', renew);
    // Going back may show the page as it was left.
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      sent = false;
      [...asked.keys()].forEach(load);
    });
  };

  // On plain HTTP, browsers know no passkeys but at localhost.
  if (globalThis.PublicKeyCredential && navigator.credentials) begin();
}
