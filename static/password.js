'use strict';

// Gives each password field a button that shows what was typed, and says when Caps Lock is on or a new password is still
// too short. Made here and not in the page, so that without JavaScript there is no button that does nothing. The words
// are in the `data-` attributes of the field.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const words = input.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reveal';

  const show = (visible) => {
    const { selectionStart, selectionEnd } = input;
    input.type = visible ? 'text' : 'password';
    // Some browsers move the caret when the type changes.
    if (document.activeElement === input) input.setSelectionRange(selectionStart, selectionEnd);
    button.textContent = visible ? words.hide : words.show;
    button.setAttribute('aria-label', visible ? words.hideLabel : words.showLabel);
  };

  // A press must not take the focus, and the on-screen keyboard with it, from the field.
  button.addEventListener('mousedown', (event) => event.preventDefault());
  button.addEventListener('click', () => show(input.type === 'password'));
  // Sent as text, a browser would offer it again as a suggestion; left as text, going back would show it.
  input.form?.addEventListener('submit', () => show(false));
  addEventListener('pagehide', () => show(false));

  input.autocapitalize = 'off';
  input.spellcheck = false;
  show(false);
  input.after(button);

  /** Adds an empty line below the field. */
  const line = (role) => {
    const added = document.createElement('p');
    added.className = 'hint';
    if (role) added.setAttribute('role', role);
    input.parentElement.after(added);
    return added;
  };
  const say = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };

  const caps = line('status');
  const look = (event) => say(caps, event.getModifierState?.('CapsLock') ? words.capsLock : '');
  for (const type of ['keydown', 'keyup', 'mousedown']) input.addEventListener(type, look);
  input.addEventListener('blur', () => say(caps, ''));

  if (words.least) {
    // Not announced: it changes with each letter, and the rule is in the description of the field.
    const length = line();
    input.addEventListener('input', () => {
      const typed = [...input.value].length;
      say(length, typed > 0 && typed < Number(words.least) ? words.length.replace('#', typed) : '');
    });
  }
}
