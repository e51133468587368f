// Creates elements. Text is always inserted as text, never as markup.

/** el('button', { class: 'solid', onclick }, 'Send') */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'class') element.className = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Replaces everything inside an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A label and its input, one above the other. The input needs an id. */
export function field(label, input) {
  return el('div', { class: 'field' }, el('label', { for: input.id }, label), input);
}

/** Shows a button as busy and disables it, and those in `also`, while `work` runs. Errors go to `onError` as text. */
export async function busyWhile(button, work, onError, also = []) {
  const disabled = [button, ...also].filter((one) => !one.disabled);
  disabled.forEach((one) => (one.disabled = true));
  button.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } catch (error) {
    onError(error.message);
    return undefined;
  } finally {
    button.removeAttribute('aria-busy');
    disabled.forEach((one) => (one.disabled = false));
  }
}

/** The time in hours and minutes. */
export function clock(at, seconds = false) {
  const parts = { hour: '2-digit', minute: '2-digit', hour12: false };
  return new Date(at).toLocaleTimeString('en-GB', seconds ? { ...parts, second: '2-digit' } : parts);
}

/** First letters of first and last name. */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? words.at(-1)[0] : ''}`.toUpperCase();
}
