// The caller's laptop, with stand-ins for three of Microsoft's pages. They work on the emulated tenant.
import { busyWhile, clock, el, field, fill } from './dom.js';
import { register, runReset, signIn } from './microsoft.js';
import { ENDINGS, METHODS } from './microsoft-words.js';

const SITES = [
  ['signin', 'Sign in', 'login.microsoftonline.com'],
  ['security', 'Security info', 'mysignins.microsoft.com/security-info'],
  ['reset', 'Password reset', 'aka.ms/sspr'],
];

/** onOutcome() is called after everything that was done. */
export function createLaptop({ onOutcome }) {
  let person = null;
  let site = 'signin';
  const states = new Map(); // one for each person's laptop
  const state = () => states.get(person.id) ?? { signedInUntil: null, registered: [], results: {} };
  const remember = (change) => states.set(person.id, { ...state(), ...change });

  const tabs = SITES.map(([id, label]) =>
    el('button', { type: 'button', role: 'tab', onclick: () => show(id) }, label),
  );
  const address = el('div', { class: 'address', 'aria-label': 'Address' });
  const page = el('div', { class: 'site', role: 'tabpanel', tabindex: -1 });
  const root = el(
    'div',
    { class: 'laptop' },
    el(
      'div',
      { class: 'browser' },
      el('div', { class: 'sites', role: 'tablist', 'aria-label': 'Pages' }, tabs),
      address,
      page,
    ),
    el(
      'p',
      { class: 'footnote' },
      'Stand-ins for Microsoft’s pages. They work on the emulated tenant; nothing leaves this machine.',
    ),
  );

  function finish(kind, text) {
    remember({ results: { ...state().results, [site]: { kind, text } } });
    onOutcome();
    show(site);
  }
  function outcome() {
    const result = state().results[site];
    return result
      ? el('p', { class: `outcome ${result.kind}`, role: result.kind === 'bad' ? 'alert' : 'status' }, result.text)
      : null;
  }
  const failed = (text) => finish('bad', text);
  const isSignedIn = () => (state().signedInUntil ?? 0) > Date.now();

  const pages = { signin: signInPage, security: securityPage, reset: resetPage };
  function show(id) {
    site = id;
    SITES.forEach(([name], index) => tabs[index].setAttribute('aria-selected', String(name === id)));
    address.textContent = `https://${SITES.find(([name]) => name === id)[2]}`;
    if (person !== null) fill(page, ...pages[id]());
  }
  const account = () => el('p', { class: 'soft' }, person.userPrincipalName);

  function signInPage() {
    const pass = el('input', {
      class: 'code',
      type: 'text',
      id: 'pass',
      autocomplete: 'off',
      spellcheck: 'false',
      required: true,
      maxlength: 256,
      'aria-describedby': 'pass-note',
    });
    const button = el('button', { class: 'solid', type: 'submit' }, 'Sign in');
    const submit = async (event) => {
      event.preventDefault();
      const result = await busyWhile(button, () => signIn(person.userPrincipalName, pass.value.trim()), failed, [pass]);
      if (!result) return;
      if (!result.signedIn) return failed(result.says);
      remember({ signedInUntil: Date.parse(result.registerUntil) });
      finish(
        'good',
        `Signed in with the Temporary Access Pass. You can register methods until ${clock(Date.parse(result.registerUntil))}.`,
      );
    };
    const form = el(
      'form',
      { onsubmit: submit },
      field('Temporary Access Pass', pass),
      el('p', { class: 'soft', id: 'pass-note' }, 'Type it as the technician reads it out.'),
      el('div', { class: 'row' }, button),
    );
    const onward = isSignedIn()
      ? el('button', { class: 'plain', type: 'button', onclick: () => show('security') }, 'Go on to Security info')
      : null;
    return [
      el('h3', {}, 'Enter Temporary Access Pass'),
      account(),
      outcome(),
      form,
      onward && el('div', { class: 'row' }, onward),
    ];
  }

  function securityPage() {
    const head = [el('h3', {}, 'Security info'), account()];
    if (!isSignedIn()) {
      const go = el('button', { class: 'plain', type: 'button', onclick: () => show('signin') }, 'Go to Sign in');
      return [
        ...head,
        el('p', {}, 'Sign in with the pass first. Then you can register methods here.'),
        outcome(),
        el('div', { class: 'row' }, go),
      ];
    }
    const choice = el(
      'select',
      { id: 'method', onchange: () => adapt() },
      METHODS.map(({ id, label }) => el('option', { value: id }, label)),
    );
    const value = el('input', {
      id: 'method-value',
      type: 'text',
      required: true,
      autocomplete: 'off',
      maxlength: 100,
    });
    const fieldLabel = el('span');
    const button = el('button', { class: 'solid', type: 'submit' }, 'Add sign-in method');
    const adapt = () => {
      const method = METHODS.find(({ id }) => id === choice.value);
      fieldLabel.textContent = method.asks;
      value.value = method.example(person);
    };
    adapt();
    const submit = async (event) => {
      event.preventDefault();
      const method = METHODS.find(({ id }) => id === choice.value);
      const result = await busyWhile(button, () => register(person.id, method.seed(value.value.trim())), failed, [
        choice,
        value,
      ]);
      if (!result) return;
      if (!result.registered) return failed(method.refusals[result.reason] ?? result.reason);
      remember({ registered: [...state().registered, { label: method.label, value: value.value.trim() }] });
      finish('good', `${method.label} registered.`);
    };
    const list = state().registered.map(({ label, value }) =>
      el('li', {}, el('span', {}, label), el('span', { class: 'soft' }, value)),
    );
    return [
      ...head,
      outcome(),
      list.length > 0 ? el('ul', { 'aria-label': 'Registered in this session' }, list) : null,
      el(
        'form',
        { onsubmit: submit },
        field('Method', choice),
        field(fieldLabel, value),
        el('div', { class: 'row' }, button),
      ),
    ];
  }

  function resetPage() {
    const ending = el('select', { id: 'ending' });
    for (const [group, endings] of ENDINGS) {
      ending.append(
        el(
          'optgroup',
          { label: group },
          endings.map(([id, label]) => el('option', { value: id }, label)),
        ),
      );
    }
    const button = el('button', { class: 'solid', type: 'submit' }, 'Go through the page');
    const submit = async (event) => {
      event.preventDefault();
      if (ending.value === 'nothing')
        return finish('bad', 'The page stays open. Nothing happened; the case is waiting.');
      const result = await busyWhile(button, () => runReset(person.id, ending.value), failed, [ending]);
      if (!result) return;
      const label =
        ENDINGS.flatMap(([, endings]) => endings).find(([id]) => id === result.outcome)?.[2] ?? result.outcome;
      finish(
        result.outcome === 'success' || result.outcome === 'in-progress' || result.outcome === 'id-entered'
          ? 'good'
          : 'bad',
        label,
      );
    };
    return [
      el('h3', {}, 'Get back into your account'),
      account(),
      outcome(),
      el('form', { onsubmit: submit }, field('How it goes', ending), el('div', { class: 'row' }, button)),
    ];
  }

  return {
    root,
    setPerson(next) {
      person = next;
      show('signin');
    },
    /** Opens one of the three pages by its real address; returns false for any other address. */
    open(url) {
      const wanted = /sspr|passwordreset/.test(url)
        ? 'reset'
        : /mysecurityinfo|security-info|mysignins/.test(url)
          ? 'security'
          : null;
      if (
        !/^https:\/\/(aka\.ms|mysignins\.microsoft\.com|passwordreset\.microsoftonline\.com)\//.test(url) ||
        wanted === null
      )
        return false;
      show(wanted);
      return true;
    },
  };
}
