'use strict';

// A second click, or Enter twice, sends a form once: the page of the first answer must not be replaced by one that says
// something else. If the answer takes a while, the button says that it is working.
{
  const PAUSE_MS = 5000;
  // A quick answer shows no progress, which would only flash.
  const QUICK_MS = 300;
  const { working } = document.currentScript.dataset;
  const underway = new Map();

  const finish = (form) => {
    const { button, text, timers } = underway.get(form);
    underway.delete(form);
    timers.forEach((timer) => clearTimeout(timer));
    if (!button?.hasAttribute('aria-busy')) return;
    button.removeAttribute('aria-busy');
    button.textContent = text;
  };

  // On the window, so that a script of the page can refuse the form first.
  addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (underway.has(form)) {
      event.preventDefault();
      return;
    }
    const button = event.submitter;
    const show = () => {
      if (!button) return;
      button.setAttribute('aria-busy', 'true');
      button.textContent = working;
    };
    // A download leaves the page as it is, so the button comes back by itself.
    const timers = [setTimeout(show, QUICK_MS), setTimeout(finish, PAUSE_MS, form)];
    underway.set(form, { button, text: button?.textContent, timers });
  });

  // Going back may show the page as it was left.
  addEventListener('pageshow', (event) => {
    if (event.persisted) [...underway.keys()].forEach(finish);
  });
}
