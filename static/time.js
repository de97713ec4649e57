// Shows times in the visitor's own time zone. Without it they are in the time zone of the site.
(() => {
  // In the style of the dates inside the page's sentences, which has no month before the day.
  const page = document.documentElement.lang;
  const lang = page === "en" ? "en-GB" : page || undefined;
  const exact = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" });
  const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short" });
  const short = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
  const ago = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  const two = (number) => String(number).padStart(2, "0");
  const day = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

  // How long ago, up to a week; the exact time of what is older.
  const recent = (at) => {
    const seconds = (Date.now() - at) / 1000;
    if (seconds < 0 || seconds >= 7 * 86400) return exact.format(at);
    if (seconds < 60) return ago.format(0, "second");
    if (seconds < 3600) return ago.format(-Math.floor(seconds / 60), "minute");
    if (seconds < 86400) return ago.format(-Math.floor(seconds / 3600), "hour");
    return ago.format(-Math.floor(seconds / 86400), "day");
  };

  for (const element of document.querySelectorAll("time[datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    // Below the heading of a day, the time of day is enough, unless the day is another one here.
    const heading = element.closest("[data-day]");
    if (element.dataset.clock) element.textContent = (element.dataset.clock === "day" ? exact : clock).format(at);
    else if (heading) element.textContent = (heading.dataset.day === day(at) ? clock : short).format(at);
    else element.textContent = recent(at);
    element.title = exact.format(at);
  }
})();
