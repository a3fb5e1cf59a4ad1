// What happens in the studio, told to this page while it is seen.
import { WINDOW } from "./live.js";

const HERE_MS = 5 * 60_000;
const SPEAK_MS = 10_000;

export function followEvents() {
  const job = document.querySelector("[data-job]");
  const form = document.querySelector("form[data-live]");
  const told = document.getElementById("studio-told");
  const spoken = document.getElementById("spoken");
  let after = document.body.dataset.after;
  let stream = null;
  let [isAsking, isStale, spokenAt] = [false, false, 0];

  // One at a time, so that what was told last is what is shown last.
  async function refresh() {
    isStale = isAsking;
    if (isAsking) return;
    isAsking = true;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.redirected) location.replace(answer.url);
    else if (answer?.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    isAsking = false;
    if (isStale) refresh();
  }

  function show(page) {
    const fresh = page.querySelector("[data-job]");
    if (!fresh) return;
    job.dataset.over = fresh.dataset.over;
    document.title = page.title;
    renew([...job.children], [...fresh.children]);
    const isOver = job.dataset.over === "yes";
    if (!isOver && Date.now() - spokenAt < SPEAK_MS) return; // a screen reader is told seldom
    spokenAt = Date.now();
    const words = [isOver ? job.querySelector("h1") : null, job.querySelector("[data-standing]")];
    spoken.textContent = words.map((one) => one?.textContent ?? "").join(" ").trim();
  }

  // What is as it was stays, so that a button keeps the focus, and a click that has begun.
  function renew(there, come) {
    come.forEach((one, at) => {
      if (!there[at]) job.append(one);
      else if (!there[at].isEqualNode(one)) there[at].replaceWith(one);
    });
    for (const one of there.slice(come.length)) one.remove();
  }

  function listen(name, answer) {
    stream.addEventListener(name, (event) => {
      after = event.lastEventId || after;
      answer(event.data ? JSON.parse(event.data) : {});
    });
  }

  function open() {
    if (stream) return;
    stream = new EventSource(`/events?after=${after}`);
    listen("job", ({ id }) => { if (job?.dataset.job === id && job.dataset.over !== "yes") refresh(); });
    listen("draft", ({ id, by }) => { if (form?.action.endsWith(`/make/${id}`) && by !== WINDOW) again(); });
    listen("reset", () => (job ? refresh() : form && again()));
    listen("ended", () => {
      close();
      told.textContent = "The studio has ended. You can close this page; to go on, start the studio again.";
    });
    // Whatever was over before this page listened is not told any more.
    listen("open", () => {
      told.textContent = "";
      if (job && job.dataset.over !== "yes") refresh();
    });
    listen("error", () => (told.textContent = "The studio cannot be reached just now."));
  }

  function close() {
    stream?.close();
    stream = null;
  }

  // What is typed here and not sent yet is sent first.
  const again = () =>
    form?.dataset.sending ? form.addEventListener("shown", again, { once: true }) : location.replace(location.pathname);

  // One connection a page that is seen: a browser has six for a machine.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
  // A page that is not seen is somebody too: the studio stays.
  setInterval(() => { if (!stream) fetch("/here").catch(() => {}); }, HERE_MS);
}
