// One line recorded: raw samples from the microphone, written as a WAV file by the page itself.
const box = document.getElementById("recorder");
const [start, stop, level, told] = ["record", "stop", "level", "told"].map((id) => document.getElementById(id));
const audio = document.getElementById("audio");
const LONGEST_S = 120;
const QUIET_DB = -35;
const LOUD_DB = -1;
let parts = [];
let most = 0;
let shown = -60;
let open = null;

const decibels = (value) => 20 * Math.log10(Math.max(value, 1e-6));
const peakOf = (samples) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

async function record() {
  start.disabled = true;
  audio.pause();
  try {
    const plain = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: plain });
    const context = new AudioContext();
    open = { stream, context };
    await context.audioWorklet.addModule(new URL("record-worklet.js", import.meta.url));
    const recorder = new AudioWorkletNode(context, "recorder", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    parts = [];
    [most, shown] = [0, -60];
    recorder.port.onmessage = ({ data }) => take(data);
    context.createMediaStreamSource(stream).connect(recorder);
    start.hidden = true;
    stop.hidden = false;
    stop.focus();
    told.textContent = "Recording. Read the line, and then stop.";
  } catch (error) {
    close();
    told.textContent = error.name === "NotAllowedError"
      ? "The browser may not use the microphone. Allow it beside the address, and try again."
      : "No microphone can be used. Is one plugged in? You can take a file instead.";
  }
  start.disabled = false;
}

function take(samples) {
  if (!open) return; // what is still on its way when it was stopped
  parts.push(samples);
  const peak = peakOf(samples);
  most = Math.max(most, peak);
  shown = Math.max(decibels(peak), shown - 0.2);
  level.value = shown;
  if (parts.length * samples.length > LONGEST_S * open.context.sampleRate) finish();
}

function close() {
  open?.stream.getTracks().forEach((track) => track.stop());
  open?.context.close();
  open = null;
  start.hidden = false;
  stop.hidden = true;
  level.value = level.min;
}

async function finish() {
  if (!open) return;
  const rate = open.context.sampleRate;
  close();
  start.focus();
  const wav = wavOf(parts, rate);
  told.textContent = "Keeping it …";
  const body = new FormData();
  body.set("sound", wav, "take.wav");
  const answer = await fetch(box.dataset.to, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) {
    told.textContent = "It could not be kept. Try once more.";
    return;
  }
  audio.src = URL.createObjectURL(wav);
  document.getElementById("take").hidden = false;
  document.getElementById("next").classList.add("main");
  start.classList.remove("main");
  start.textContent = "Record it again";
  told.textContent = judge();
}

function judge() {
  if (decibels(most) > LOUD_DB) return "It is kept, but too loud: sit farther from the microphone, and record it again.";
  if (decibels(most) < QUIET_DB) return "It is kept, but too quiet: come nearer to the microphone, and record it again.";
  return "It is kept, and loud enough. Listen to it, or go on.";
}

function wavOf(blocks, rate) {
  const count = blocks.reduce((sum, block) => sum + block.length, 0);
  const view = new DataView(new ArrayBuffer(44 + 2 * count));
  const letters = (at, word) => [...word].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
  for (const [at, word] of [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]]) letters(at, word);
  const longs = { 4: 36 + 2 * count, 16: 16, 24: rate, 28: 2 * rate, 40: 2 * count };
  for (const at in longs) view.setUint32(Number(at), longs[at], true);
  const shorts = { 20: 1, 22: 1, 32: 2, 34: 16 };
  for (const at in shorts) view.setUint16(Number(at), shorts[at], true);
  let at = 44;
  for (const block of blocks) {
    for (const sample of block) {
      view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32767, true);
      at += 2;
    }
  }
  return new Blob([view], { type: "audio/wav" });
}

if (navigator.mediaDevices && window.AudioWorkletNode) box.hidden = false;
start.addEventListener("click", record);
stop.addEventListener("click", finish);
addEventListener("pagehide", close);
