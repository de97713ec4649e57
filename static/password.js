'use strict';

// Gives each password field a button that shows what was typed. Made here and not in the page, so that without
// JavaScript there is no button that does nothing.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'reveal';
  const label = input.labels[0]?.textContent.toLowerCase() ?? 'password';

  const show = (visible) => {
    const { selectionStart, selectionEnd } = input;
    input.type = visible ? 'text' : 'password';
    // Some browsers move the caret when the type changes.
    if (document.activeElement === input) input.setSelectionRange(selectionStart, selectionEnd);
    button.textContent = visible ? 'Hide' : 'Show';
    button.setAttribute('aria-label', `${button.textContent} ${label}`);
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
}
