// Whatever can be heard is heard in place: one sound at a time.
const SOUNDING = new Set(["bed", "tone", "bed_level", "tone_level", "bell", "bell_level", "pace"]);

export function hearInPlace() {
  const box = document.getElementById("listening");
  if (!box) return;
  const audio = document.getElementById("audio");
  const what = document.getElementById("listening-what");
  let heard = null;

  function press(link) {
    const isPlaying = heard?.link === link && !audio.paused;
    if (!isPlaying) return play(link);
    audio.pause();
    mark(null);
  }

  function play(link) {
    mark(null);
    box.hidden = false;
    what.textContent = link.closest(".lines") ? "" : link.dataset.words ?? link.textContent;
    audio.src = `${link.dataset.hear}?${Date.now()}`;
    heard = { link, address: link.dataset.hear };
    mark(link);
    audio.play().catch(() => { what.textContent = "It cannot be heard just now. Look at what is marked above."; });
  }

  function mark(link) {
    document.querySelector(".is-playing")?.classList.remove("is-playing");
    link?.closest("li")?.classList.add("is-playing");
    for (const button of document.querySelectorAll("button[data-hear]")) {
      button.dataset.words ??= button.textContent;
      button.textContent = button === link ? "Stop" : button.dataset.words;
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-hear]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    press(link);
  });
  audio.addEventListener("ended", () => mark(null));
  // Who has listened to the sounds hears each change of them.
  document.querySelector("form[data-live]")?.addEventListener("shown", () => {
    if (heard?.changed && heard.link.isConnected) play(heard.link);
    if (heard) heard.changed = false;
  });
  document.addEventListener("change", (event) => {
    if (SOUNDING.has(event.target.name) && heard?.address.endsWith("/sound")) heard.changed = true;
  });
}
