// Elements made and found. Text is always set as text, so nothing that was typed can become markup.

export const byId = (id) => document.getElementById(id);

/** An element with properties (attributes where they have a hyphen) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes('-')) {
      made.setAttribute(name, value);
    } else {
      made[name] = value;
    }
  }
  made.append(...children);
  return made;
}

/** Puts options into a select and keeps the choice where it is still there. */
export function fill(select, options, preferred) {
  const before = select.value;
  select.replaceChildren(...options.map(({ value, text }) => element('option', { value, textContent: text ?? value })));
  const values = options.map((option) => option.value);
  select.value = [before, preferred, values[0]].find((value) => values.includes(value)) ?? '';
}

/** What has a label. */
export const labelled = (place, label) => place.querySelector(`[aria-label="${CSS.escape(label)}"]`);

/** Replaces children; what had the focus has it again, known by its label, or else the place has it. */
export function redraw(place, ...children) {
  const label = place.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  place.replaceChildren(...children);
  if (label) {
    (labelled(place, label) ?? place).focus({ preventScroll: true });
  }
}

/** An action that runs once at a time; who asks for it meanwhile has it run once more. */
export function onceAtATime(action) {
  let running = null;
  let isWanted = false;
  const run = async () => {
    try {
      while (isWanted) {
        isWanted = false;
        await action();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    isWanted = true;
    running ??= run();
    return running;
  };
}

/** Such as 1:05. */
export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export const percent = (share) => `${(100 * share).toFixed(1)} %`;

let standing = '';

/** Shows what went wrong; an empty text takes it away. */
export function complain(text) {
  const shown = text || standing;
  if (byId('complaint').textContent !== shown) { // the same is not said twice
    byId('complaint').textContent = shown;
  }
}

/** Shows what is wrong until it is mended, when an empty text takes it away. */
export function complainUntilMended(text) {
  standing = text;
  complain('');
}

/** An event handler that tells what goes wrong in it. */
export function guarded(action) {
  return async (event) => {
    event?.preventDefault?.();
    complain('');
    try {
      await action(event);
    } catch (e) {
      complain(e.message);
    }
  };
}

const BAD = 400;

/** The same for a form with one field that can be wrong: what is refused of it is said beside the field. */
export function guardedField(field, action) {
  const say = (text) => {
    byId(`${field.id}-fault`).textContent = text;
    field.setAttribute('aria-invalid', String(text !== ''));
  };
  field.addEventListener('input', () => say(''));
  return guarded(async (event) => {
    say('');
    try {
      await action(event);
    } catch (e) {
      if (e.status !== BAD) {
        throw e;
      }
      say(e.message);
      field.focus();
    }
  });
}
