// The player: the picture is the way through a recording, and the words go along.
const by = (id) => document.getElementById(id);
const [player, audio, position] = ["player", "audio", "position"].map(by);
const [sleep, volume] = ["sleep", "volume"].map(by);
const length = Number(player.dataset.length);

const STEP_S = 10;
const FADE_MS = 10_000;
const CLOSE_S = 0.05; // a player stops a little before where it was sent

for (const part of player.querySelectorAll("[data-script]")) part.hidden = false;
audio.controls = false;

// What is said, and each chapter, is a button once there is a script that it can call.
function buttons(within) {
  return [...document.querySelectorAll(`${within} [data-from]`)].map((item) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...item.childNodes);
    item.append(button);
    const from = Number(item.dataset.from);
    button.addEventListener("click", () => seek(from));
    return { from, to: Number(item.dataset.to ?? Infinity), button };
  });
}

const [chapters, words] = [buttons("#chapters"), buttons("#words")];

function clock(seconds) {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60) % 60;
  const two = (number) => String(number).padStart(2, "0");
  const before = length >= 3600 ? `${Math.floor(whole / 3600)}:${two(minutes)}` : minutes;
  return `${before}:${two(whole % 60)}`;
}

function seek(to) {
  audio.currentTime = Math.min(Math.max(to, 0), length || Infinity);
  if (sleep.value === "chapter") sleepUntil();
  show();
}

function at(parts) {
  const now = audio.currentTime + CLOSE_S;
  const found = parts.findLastIndex((part) => part.from <= now);
  return found >= 0 && now < parts[found].to + CLOSE_S ? found : -1;
}

const marked = new Map();
function mark(parts, number) {
  if (marked.get(parts) === number) return false;
  parts[marked.get(parts)]?.button.removeAttribute("aria-current");
  parts[number]?.button.setAttribute("aria-current", "true");
  marked.set(parts, number);
  return number >= 0;
}

// Tab comes to the sentence that is said just now, and the arrows go on from there.
let reached = 0;
function reach(number) {
  if (words[number]) reached = number;
  for (const { button } of words) button.tabIndex = button === words[reached].button ? 0 : -1;
}
reach(0);

function show() {
  const now = audio.currentTime;
  const time = `${clock(now)} of ${clock(length)}`;
  if (by("time").textContent !== time) by("time").textContent = time;
  position.value = now;
  const chapter = at(chapters);
  const title = chapters[chapter]?.button.lastChild.textContent.trim();
  position.setAttribute("aria-valuetext", title ? `${time}, ${title}` : time);
  if (by("here")) by("here").style.left = `${(100 * now) / length}%`;
  mark(chapters, chapter);
  const said = at(words);
  if (!mark(words, said)) return;
  const box = by("words");
  if (!box.contains(document.activeElement)) reach(said);
  const line = words[said].button;
  box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 2 + line.offsetHeight / 2;
}

function turn() {
  if (audio.paused) audio.play().catch(() => tell("It cannot be played here. Save a copy, and open that."));
  else audio.pause();
}

const tell = (what) => (by("told").textContent = what);
audio.addEventListener("play", () => (by("play").textContent = "Pause"));
audio.addEventListener("pause", () => (by("play").textContent = "Play"));
audio.addEventListener("seeked", () => show());
audio.addEventListener("error", () => tell("This browser cannot play it. Save a copy, and open that."));
by("play").addEventListener("click", turn);
by("first").addEventListener("click", () => seek(0));
by("seek")?.addEventListener("click", (event) => {
  const box = by("seek").getBoundingClientRect();
  seek((length * (event.clientX - box.left)) / box.width);
});
position.addEventListener("input", () => seek(Number(position.value)));
by("speed").addEventListener("change", () => (audio.playbackRate = Number(by("speed").value)));

// Stopping by itself: softer over the last ten seconds, then paused.
let until = () => Infinity;
function sleepUntil() {
  const end = Date.now() + Number(sleep.value) * 60_000;
  const stop = chapters[at(chapters) + 1]?.from ?? length;
  if (sleep.value === "chapter") until = () => ((stop - audio.currentTime) * 1000) / audio.playbackRate;
  else until = () => (sleep.value ? end - Date.now() : Infinity);
}
sleep.addEventListener("change", sleepUntil);

function tick() {
  const left = until();
  audio.volume = (Number(volume.value) / 100) * Math.min(1, Math.max(0, left / FADE_MS));
  if (left <= 0) {
    if (!audio.paused) tell("It stopped by itself, as you wished.");
    audio.pause();
    sleep.value = "";
    sleepUntil();
  } else if (!audio.paused) show();
}
setInterval(tick, 100);

function louder(step) {
  volume.value = Number(volume.value) + step;
  tell(`Volume ${volume.value} of 100.`);
}

const go = (step) => seek(chapters[Math.max(at(chapters) + step, 0)]?.from ?? audio.currentTime);
const KEYS = {
  " ": turn,
  ArrowLeft: () => seek(audio.currentTime - STEP_S),
  ArrowRight: () => seek(audio.currentTime + STEP_S),
  ArrowUp: () => louder(10),
  ArrowDown: () => louder(-10),
  c: () => go(1),
  C: () => go(-1),
};
document.addEventListener("keydown", (event) => {
  const { target: on, key } = event;
  if (!by("keys").checked || event.ctrlKey || event.metaKey || event.altKey || !KEYS[key]) return;
  if (on !== position && on.closest("input, select, textarea")) return;
  if (key === " " && on.closest("button, a, summary")) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (step && (on === position || on === by("words"))) return;
  event.preventDefault();
  if (step && on.closest("#words")) {
    reach(reached + step);
    words[reached].button.focus();
  } else KEYS[key]();
});

// Where one stopped is kept by the studio, and not by the browser.
let kept = Number(player.dataset.start);
function remember() {
  const now = audio.ended || length - audio.currentTime < 1 ? 0 : audio.currentTime;
  if (Math.abs(now - kept) < 1) return;
  kept = now;
  const body = new URLSearchParams({ at: now.toFixed(1) });
  fetch(player.dataset.at, { method: "POST", body, keepalive: true }).catch(() => {});
}
audio.addEventListener("pause", remember);
addEventListener("pagehide", remember);
setInterval(remember, 15_000);

if (kept) seek(kept);
show();
