// The editor of a script: numbered lines, checks in the margin, and a sound from where the caret is.
const PAUSE_MS = 1000;
const form = document.getElementById("editor");
const text = document.getElementById("text");
const numbers = document.getElementById("numbers");
const problems = document.getElementById("problems");
const line = document.getElementById("line");
const said = document.getElementById("said");
const audio = document.getElementById("heard");
let timer = 0;
let isChecking = false;
let isStale = false;
let hasChanged = false;
let wrong = [];

function number() {
  const count = text.value.split("\n").length;
  text.rows = count + 1;
  while (numbers.children.length > count) numbers.lastChild.remove();
  while (numbers.children.length < count) {
    const span = document.createElement("span");
    span.textContent = numbers.children.length + 1;
    span.id = `line-${span.textContent}`;
    numbers.append(span);
  }
  [...numbers.children].forEach((span, at) => span.classList.toggle("is-wrong", wrong.includes(at + 1)));
}

function send(what) {
  const body = new FormData(form);
  body.set("do", what);
  return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
}

// One check at a time: what was typed meanwhile is checked after it.
async function check() {
  isStale = isChecking;
  if (isChecking) return;
  isChecking = true;
  problems.setAttribute("aria-busy", "true");
  try {
    const told = await (await send("check")).json();
    if (told.error) problems.textContent = told.error;
    else problems.innerHTML = told.problems;
    wrong = told.lines;
    number();
  } catch {
    problems.textContent = "It cannot be checked just now.";
  }
  problems.removeAttribute("aria-busy");
  isChecking = false;
  if (isStale) check();
}

function caretLine() {
  return text.value.slice(0, text.selectionStart).split("\n").length;
}

function goToLine(to) {
  const start = text.value.split("\n").slice(0, to - 1).join("\n").length + (to > 1);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start);
  numbers.children[to - 1]?.scrollIntoView({ block: "center" });
}

async function hear() {
  line.value = caretLine();
  said.textContent = "A moment …";
  const answer = await send("hear").catch(() => null);
  if (!answer?.ok) {
    said.textContent = (await answer?.json().catch(() => null))?.error ?? "It cannot be heard just now.";
    return;
  }
  said.textContent = `From line ${line.value}`;
  audio.hidden = false;
  audio.src = answer.url;
  audio.play().catch(() => {});
}

text.addEventListener("input", () => {
  hasChanged = true;
  number();
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE_MS);
});
for (const event of ["keyup", "click"]) text.addEventListener(event, () => { line.value = caretLine(); });
problems.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  goToLine(Number(link.dataset.line));
});
document.getElementById("hear").addEventListener("click", (event) => {
  event.preventDefault();
  hear();
});
form.addEventListener("submit", () => { hasChanged = false; });
addEventListener("beforeunload", (event) => { if (hasChanged) event.preventDefault(); });
number();
if (!problems.querySelector("ol")) check();
