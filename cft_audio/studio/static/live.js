// A session's form: what is typed is kept at once, and the session drawn anew.
const PAUSE_MS = 120;
export const WINDOW = Math.random().toString(36).slice(2);

export function keepLive() {
  const form = document.querySelector("form[data-live]");
  if (!form) return;
  let timer = 0;
  let latest = null;
  const changed = new Set();

  // What another window has changed meanwhile is not sent back as it was.
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("only", [...changed].join(","));
    formData.set("by", WINDOW);
  });

  async function send() {
    latest?.abort();
    latest = new AbortController();
    timer = 0;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" }, signal: latest.signal,
      });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") form.dataset.unsaved = "yes";
    }
  }

  function show(told) {
    document.getElementById("session").innerHTML = told.session;
    for (const control of form.querySelectorAll("[name]")) {
      const box = control.closest(".control");
      const error = box?.querySelector(".error");
      if (!error) continue;
      const words = told.errors[control.name] ?? "";
      Object.assign(error, { textContent: words, hidden: !words });
      box.classList.toggle("is-wrong", Boolean(words));
      control.removeAttribute("aria-invalid");
      if (!words) continue;
      control.closest("details")?.setAttribute("open", "");
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", [error.id, control.id + "-help"].join(" "));
    }
    if (!timer) delete form.dataset.sending;
    form.dispatchEvent(new CustomEvent("shown"));
  }

  form.addEventListener("input", ({ target }) => {
    changed.add(target.name);
    form.dataset.sending = "yes";
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  });
}
