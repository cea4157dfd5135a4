"use strict";
// The film: its transcript follows it and jumps it, and a presenter stops at each sentence's end.

const film = /** @type {HTMLVideoElement} */ (document.getElementById("film"));
const sentences = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".said")]);
const times = sentences.map(({ dataset }) => ({
  start: Number(dataset.start),
  end: Number(dataset.end),
}));
let spoken = -1;
let presenting = false;
/** @type {Window | null} */
let prompter = null;

/** The sentence said at a time, or the last one before it; −1 before the first. */
function sentenceAt(time) {
  let found = -1;
  times.forEach(({ start }, index) => {
    if (start <= time + 0.01) found = index;
  });
  return found;
}

function follow() {
  const now = sentenceAt(film.currentTime);
  if (presenting && !film.paused && spoken >= 0 && film.currentTime >= times[spoken].end - 0.05) {
    film.pause();
    film.currentTime = times[spoken].end - 0.02;
  } else if (now !== spoken) {
    sentences[spoken]?.removeAttribute("aria-current");
    spoken = now;
    const said = sentences[spoken];
    said?.setAttribute("aria-current", "true");
    const list = document.getElementById("transcript");
    if (said && list) list.scrollTop = said.offsetTop - list.offsetTop - list.clientHeight / 3;
    prompt();
  }
  if (!film.paused) requestAnimationFrame(follow);
}

/** Go to a sentence by its place; in presenter's mode it is then said. */
function go(index) {
  const place = Math.min(Math.max(index, 0), times.length - 1);
  film.currentTime = times[place].start;
  spoken = place - 1;
  follow();
  if (presenting) film.play();
}

/** Tell who presents what is said now and next, in a window of their own. */
function prompt() {
  if (!prompter || prompter.closed) return;
  const [now, next] = [sentences[spoken], sentences[spoken + 1]];
  prompter.document.body.textContent = "";
  for (const [label, sentence] of [["now", now], ["next", next]]) {
    const line = prompter.document.createElement("p");
    line.textContent = `${label}: ${sentence?.textContent ?? "—"}`;
    prompter.document.body.append(line);
  }
}

function present() {
  presenting = !presenting;
  document.body.classList.toggle("presenting", presenting);
  document.getElementById("present")?.setAttribute("aria-pressed", String(presenting));
}

film.addEventListener("play", () => requestAnimationFrame(follow));
film.addEventListener("seeked", follow);
sentences.forEach((said, index) => said.addEventListener("click", () => go(index)));
for (const jump of document.querySelectorAll(".jump")) {
  jump.addEventListener("click", () => {
    film.currentTime = Number(/** @type {HTMLElement} */ (jump).dataset.start);
    film.scrollIntoView({ block: "center" });
    film.play();
  });
}
document.getElementById("speed")?.addEventListener("change", ({ target }) => {
  film.playbackRate = Number(/** @type {HTMLSelectElement} */ (target).value);
});
document.getElementById("present")?.addEventListener("click", present);
document.getElementById("prompter")?.addEventListener("click", () => {
  prompter = window.open("", "prompter", "width=700,height=300");
  if (prompter) prompter.document.body.style.cssText = "font: 28px serif; margin: 1em";
  prompt();
});
document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest("#laboratory, input, select, textarea")) return;
  if (event.key === " " && target.closest("button, a, video")) return;
  if (event.key === " ") film.paused ? film.play() : film.pause();
  else if (event.key === "ArrowRight") presenting && film.paused ? film.play() : go(spoken + 1);
  else if (event.key === "ArrowLeft") go(spoken - 1);
  else if (event.key === "p") present();
  else if (event.key === "f") film.requestFullscreen();
  else if (/^[0-9]$/.test(event.key)) film.currentTime = (film.duration * Number(event.key)) / 10;
  else return;
  event.preventDefault();
});
