// What every page does with script; each works without it as well.
import { followEvents } from "./events.js";
import { hearInPlace } from "./hear.js";
import { keepLive } from "./live.js";

document.querySelector("[data-focus]")?.focus();
document.querySelector("[aria-invalid=true]")?.focus();
hearInPlace();
keepLive();
followEvents();
