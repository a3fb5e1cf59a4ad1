// What happens in the studio, told to this page while it is seen.
export function followEvents() {
  const job = document.querySelector("[data-job]");
  let stream = null;

  async function refresh() {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (answer.redirected) location.replace(answer.url);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-job]");
    if (!fresh) return;
    const before = job.querySelector("[role=status]")?.textContent;
    job.dataset.over = fresh.dataset.over;
    job.replaceChildren(...fresh.childNodes);
    speakSeldom(before);
  }

  // A screen reader is told at most every ten seconds.
  let spoken = 0;
  function speakSeldom(before) {
    const status = job.querySelector("[role=status]");
    if (!status || status.textContent === before) return;
    const over = job.dataset.over === "yes";
    if (!over && Date.now() - spoken < 10_000) status.removeAttribute("role");
    else spoken = Date.now();
  }

  function open() {
    stream ??= new EventSource("/events");
    stream.addEventListener("job", (event) => {
      if (job && job.dataset.job === JSON.parse(event.data).id && job.dataset.over !== "yes") refresh();
    });
    stream.addEventListener("reset", () => job && refresh());
    stream.addEventListener("ended", close);
  }

  function close() {
    stream?.close();
    stream = null;
  }

  // One connection a page that is seen: a browser has six for a machine.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
}
