"use strict";
// The laboratory: runs of a descent on the lesson's loss, drawn as they are changed. Plotly draws
// what stands still, axes and map; what moves with the hand is drawn over it.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { l: 48, r: 12, t: 8, b: 40 };
const COLOURS = [PALETTE.parameters, PALETTE.loss, PALETTE.gradient, PALETTE.ink, PALETTE.muted];
const GRID = 70;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const byId = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));

/** Makes an element with properties and children. */
function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A number as it is read: few digits, and powers of ten where it has to be. */
function written(value, digits = 5) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : Number.isNaN(value) ? "no number" : "−∞";
  return String(Number(value.toPrecision(digits))).replace("-", "−").replace("e+", "e");
}

/** Axes drawn by Plotly, with a drawing over them whose strokes are placed by `put`. */
class Panel {
  constructor(id, x, y, traces = [], logarithmic = false) {
    this.element = byId(id);
    this.x = { range: x.range, title: x.title };
    this.y = { range: y.range, title: y.title };
    this.logarithmic = logarithmic;
    Plotly.newPlot(this.element, traces, this.layout(), {
      displayModeBar: false,
      staticPlot: true,
      responsive: true,
    });
    this.drawing = document.createElementNS(SVG, "svg");
    this.drawing.setAttribute("class", "overlay");
    this.element.append(this.drawing);
    this.marks = new Map();
  }

  layout() {
    const axis = ({ range, title }) => ({
      range,
      title: { text: title, standoff: 6 },
      gridcolor: PALETTE.faint,
      zeroline: false,
      color: PALETTE.muted,
    });
    return {
      margin: MARGIN,
      paper_bgcolor: PALETTE.background,
      plot_bgcolor: PALETTE.background,
      font: { family: "Georgia, serif", size: 14, color: PALETTE.muted },
      showlegend: false,
      xaxis: axis(this.x),
      yaxis: { ...axis(this.y), type: this.logarithmic ? "log" : "linear" },
    };
  }

  rescale(x, y) {
    this.x.range = x;
    this.y.range = y;
    Plotly.relayout(this.element, { "xaxis.range": x, "yaxis.range": y });
  }

  get size() {
    const { clientWidth: width, clientHeight: height } = this.element;
    return [width - MARGIN.l - MARGIN.r, height - MARGIN.t - MARGIN.b];
  }

  /** Where a place of the plane is in the drawing, in pixels. */
  put([x, y]) {
    const [width, height] = this.size;
    const [left, right] = this.x.range;
    const [low, high] = this.y.range;
    const up = this.logarithmic ? Math.log10(y) : y;
    const clamp = (value) => Math.max(-1e5, Math.min(1e5, value));
    return [
      MARGIN.l + clamp((width * (x - left)) / (right - left)),
      MARGIN.t + clamp((height * (high - up)) / (high - low)),
    ];
  }

  /** The place of the plane at a pixel of the drawing. @returns {Pair} */
  at(px, py) {
    const [width, height] = this.size;
    const [left, right] = this.x.range;
    const [low, high] = this.y.range;
    return [
      left + ((px - MARGIN.l) / width) * (right - left),
      high - ((py - MARGIN.t) / height) * (high - low),
    ];
  }

  /** Draw a mark of this name, or renew it: a "polyline", a "circle", a "text". */
  mark(name, tag, attributes, text = "") {
    let mark = this.marks.get(name);
    if (!mark) {
      mark = document.createElementNS(SVG, tag);
      this.marks.set(name, mark);
      this.drawing.append(mark);
    }
    for (const [key, value] of Object.entries(attributes)) mark.setAttribute(key, String(value));
    mark.textContent = text;
    mark.fresh = true;
  }

  line(name, places, colour, width = 2.5) {
    const finite = places.filter((place) => place.every(Number.isFinite));
    const points = finite.map((place) => this.put(place).map((part) => part.toFixed(1)).join(","));
    this.mark(name, "polyline", {
      points: points.join(" "),
      fill: "none",
      stroke: colour,
      "stroke-width": width,
      "stroke-linejoin": "round",
    });
  }

  dot(name, place, colour, radius = 6) {
    if (!place.every(Number.isFinite)) return;
    const [cx, cy] = this.put(place);
    this.mark(name, "circle", { cx, cy, r: radius, fill: colour, stroke: PALETTE.background });
  }

  /** Take away the marks that were not renewed since the last call. */
  sweep() {
    for (const [name, mark] of this.marks) {
      if (!mark.fresh) {
        mark.remove();
        this.marks.delete(name);
      }
      mark.fresh = false;
    }
  }
}

let state = stateFrom(location.hash.slice(1));
let chosen = 0;
let head = state.steps;
/** @type {Descent[]} */
let descents = [];
let playing = 0;

/** A stretch of numbers, wider by a share on both sides. */
function padded(low, high, share = 0.12) {
  const more = (high - low || Math.abs(high) || 1) * share;
  return [low - more, high + more];
}

/** The part of the map around the minimum that holds every start. */
function region() {
  return [0, 1].map((k) => {
    const reach = Math.max(
      ...state.runs.map(({ start }) => Math.abs(start[k] - LESSON.minimum[k])),
      1e-3 * Math.max(1, Math.abs(LESSON.minimum[k])),
    );
    return padded(LESSON.minimum[k] - reach, LESSON.minimum[k] + reach);
  });
}

/** Heights of the loss over the map: a row for each value of the second parameter. */
function heights([first, second]) {
  const along = ([low, high]) =>
    Array.from({ length: GRID }, (_, k) => low + ((high - low) * k) / (GRID - 1));
  const [x, y] = [along(first), along(second)];
  return { x, y, z: y.map((q) => x.map((p) => lossAt([p, q]))) };
}

const hues = PALETTE.heights;
const scale = hues.map((colour, k) => [k / (hues.length - 1), colour]);

function paintMap() {
  const { x, y, z } = heights([map.x.range, map.y.range]);
  const above = z.map((row) => row.map((loss) => Math.log10(loss - LESSON.minimumLoss + 1e-12)));
  const painted = { type: "contour", x, y, z: above, colorscale: scale, showscale: false };
  const lines = { color: PALETTE.scaffold, width: 1 };
  const top = Math.max(...above.flat().filter(Number.isFinite));
  const contours = { start: top - 6, end: top, size: 0.5 };
  Plotly.react(map.element, [{ ...painted, line: lines, contours }], map.layout());
  const starts = descents.map(({ losses }) => losses[0]);
  const edge = Math.min(...z[0], ...z[GRID - 1], ...z.map((row) => Math.min(row[0], row[GRID - 1])));
  bowl.shape({ x, y, z }, LESSON.minimumLoss, Math.max(edge, ...starts));
}

function compute() {
  descents = state.runs.map((run) => descend(run, state.steps));
  head = Math.min(head, state.steps);
}

/** Draw what moves: paths, lines, curves, numbers. */
function draw() {
  state.runs.forEach((run, k) => {
    const colour = COLOURS[k % COLOURS.length];
    const { places, losses } = descents[k];
    const here = places[head];
    map.line(`path${k}`, places.slice(0, head + 1), colour);
    map.dot(`start${k}`, run.start, colour, k === chosen ? 8 : 5);
    map.dot(`dot${k}`, here, colour);
    const samples = data.samples.map((x) => [x, MODEL.predict(here[0], here[1], x)]);
    data.line(`line${k}`, samples, colour, 3.5);
    curve.line(`curve${k}`, losses.slice(0, head + 1).map((loss, t) => [t, loss]), colour);
    curve.dot(`now${k}`, [head, losses[head]], colour, 5);
  });
  bowl.paths = state.runs.map((_, k) => ({
    colour: COLOURS[k % COLOURS.length],
    places: descents[k].places.slice(0, head + 1).map((place, t) => [...place, descents[k].losses[t]]),
  }));
  bowl.draw();
  const [x, y] = map.put(LESSON.minimum);
  map.mark("star", "text", { x, y: y + 7, fill: PALETTE.ink, "font-size": 22, "text-anchor": "middle" }, "★");
  for (const panel of [map, data, curve]) panel.sweep();
  byId("equations").textContent = equations();
  byId("head").value = head;
  byId("headNow").value = head;
}

/** The chosen run's step from here, with its numbers. */
function equations() {
  const { places, losses, slopes } = descents[chosen];
  const { settings, rule } = state.runs[chosen];
  const [here, next] = [places[head], places[head + 1]];
  const rows = [`step ${head}    L = ${written(losses[head])}`];
  LESSON.parameters.forEach((name, k) => {
    const slope = `∂L/∂${name} = ${written(slopes[head][k])}`;
    const from = `${name} = ${written(here[k])}`;
    const rate = written(settings.learning_rate);
    if (!next) rows.push(`${from}    ${slope}`);
    else if (rule === "plain") {
      const step = `${written(here[k])} − ${rate} · (${written(slopes[head][k])})`;
      rows.push(`${slope}    ${name} ← ${name} − η ∂L/∂${name} = ${step} = ${written(next[k])}`);
    } else rows.push(`${from}    ${slope}    next ${name} = ${written(next[k])}`);
  });
  return rows.join("\n");
}

/** All that follows from a change of the runs; `whole` if the panels' ranges may change too. */
function renew(whole = true) {
  compute();
  if (whole) {
    const losses = descents.flatMap((descent) => descent.losses).filter((loss) => loss > 0 && loss < 1e12);
    const [low, high] = [Math.min(...losses), Math.max(...losses)].map(Math.log10);
    curve.rescale([0, state.steps], padded(low, high, 0.06));
    paintMap();
    showControls();
  }
  draw();
  byId("head").max = state.steps;
}

let due = 0;
/** Move the chosen start, at most once a frame. */
function moveTo(place) {
  if (!place.every(Number.isFinite)) return;
  state.runs[chosen].start = [place[0], place[1]];
  if (!due) {
    due = requestAnimationFrame(() => {
      due = 0;
      renew(false);
    });
  }
}

/** Write the state into the address, and bring the ranges up to date. */
function settle() {
  history.replaceState(null, "", `#${addressOf(state)}`);
  renew();
}

function slider(label, value, low, high, step, change, shown = written) {
  const input = made("input", { type: "range", min: low, max: high, step, value });
  const output = made("output", { value: shown(value) });
  input.addEventListener("input", () => {
    change(Number(input.value));
    output.value = shown(Number(input.value));
    renew(false);
  });
  input.addEventListener("change", settle);
  return made("label", {}, `${label} `, input, output);
}

function showControls() {
  const run = state.runs[chosen];
  const rule = RULES[run.rule];
  const focused = document.activeElement?.closest("#controls, #runs");
  if (focused) return;
  byId("runs").replaceChildren(
    ...state.runs.map((_, k) => {
      const button = made("button", { textContent: `Run ${k + 1}`, onclick: () => choose(k) });
      button.style.color = COLOURS[k % COLOURS.length];
      button.setAttribute("aria-pressed", String(k === chosen));
      return button;
    }),
    made("button", { textContent: "Add a run", onclick: add }),
    made("button", { textContent: "Take it away", onclick: takeAway, disabled: state.runs.length < 2 }),
  );
  const rules = made("select", { onchange: ({ target }) => byRule(target.value) });
  rules.append(...Object.keys(RULES).map((name) => made("option", { value: name, textContent: name })));
  rules.value = run.rule;
  const bound = rule.bound(run.settings);
  const middle = Math.log10(bound ?? LESSON.settings.learning_rate);
  const rate = (power) => written(10 ** power, 4);
  byId("controls").replaceChildren(
    made("label", {}, "Rule ", rules),
    slider("Learning rate η", Math.log10(run.settings.learning_rate), middle - 3, middle + 0.5, 0.001,
      (power) => (run.settings.learning_rate = 10 ** power), rate),
  );
  if (bound !== null) {
    const set = () => {
      run.settings.learning_rate = bound;
      document.activeElement?.blur();
      settle();
    };
    const text = `largest stable: ${written(bound)}`;
    byId("controls").append(made("button", { className: "bound", textContent: text, onclick: set }));
  }
  for (const name of Object.keys(rule.settings)) {
    byId("controls").append(
      slider(name.replace("_", " "), run.settings[name], 0, 0.999, 0.001, (value) => (run.settings[name] = value)),
    );
  }
  byId("controls").append(
    slider("Steps", state.steps, 1, Math.max(1000, state.steps), 1, (value) => {
      state.steps = value;
      head = value;
    }),
  );
}

/** Let go of the control just used, so that all can be shown anew. */
function after(change) {
  change();
  /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  settle();
}

const choose = (k) => after(() => (chosen = k));
const add = () =>
  after(() => {
    const run = state.runs[chosen];
    state.runs.push({ ...run, settings: { ...run.settings }, start: [...run.start] });
    chosen = state.runs.length - 1;
  });
const takeAway = () =>
  after(() => {
    state.runs.splice(chosen, 1);
    chosen = 0;
  });
const byRule = (name) =>
  after(() => {
    const run = state.runs[chosen];
    run.rule = name;
    run.settings = { ...RULES[name].settings, learning_rate: run.settings.learning_rate };
  });

function show(step) {
  head = Math.min(Math.max(step, 0), state.steps);
  draw();
}

function play() {
  if (playing) return stop();
  if (head === state.steps) head = 0;
  byId("play").textContent = "Pause";
  const every = still ? Math.max(1, Math.round(state.steps / 8)) : Math.max(1, Math.round(state.steps / 400));
  playing = setInterval(() => (head < state.steps ? show(head + every) : stop()), still ? 500 : 16);
}

function stop() {
  clearInterval(playing);
  playing = 0;
  byId("play").textContent = "Play";
}

function zoom(factor) {
  const nearer = ([low, high], k) =>
    [low, high].map((end) => LESSON.minimum[k] + factor * (end - LESSON.minimum[k]));
  map.rescale(nearer(map.x.range, 0), nearer(map.y.range, 1));
  paintMap();
  draw();
}

compute();
const [first, second] = region();
const map = new Panel(
  "map",
  { range: first, title: LESSON.parameters[0] },
  { range: second, title: LESSON.parameters[1] },
);
const left = Math.min(...LESSON.x);
const right = Math.max(...LESSON.x);
const seen = [...LESSON.y, ...[left, right].map((x) => MODEL.predict(LESSON.start[0], LESSON.start[1], x))];
const points = {
  type: "scatter",
  mode: "markers",
  x: LESSON.shown.map((k) => LESSON.x[k]),
  y: LESSON.shown.map((k) => LESSON.y[k]),
  marker: { color: PALETTE.data, size: 7 },
};
const data = Object.assign(
  new Panel(
    "data",
    { range: padded(left, right, 0.05), title: LESSON.xLabel },
    { range: padded(Math.min(...seen), Math.max(...seen), 0.08), title: LESSON.yLabel },
    [points],
  ),
  {
    samples: Array.from({ length: LESSON.straight ? 2 : 100 }, (_, k, of) => {
      const [low, high] = padded(left, right, 0.05);
      return low + ((high - low) * k) / ((LESSON.straight ? 2 : 100) - 1);
    }),
  },
);
const curve = new Panel("curve", { range: [0, state.steps], title: "step" }, { range: [-3, 2], title: "L" }, [], true);

const bowl = new Bowl(byId("bowl"), hues);

byId("play").addEventListener("click", play);
byId("step").addEventListener("click", () => show(head + 1));
byId("back").addEventListener("click", () => show(0));
byId("closer").addEventListener("click", () => zoom(1 / 2));
byId("farther").addEventListener("click", () => zoom(2));
byId("head").addEventListener("input", ({ target }) => show(Number(target.value)));
let dragging = false;
const pulled = (/** @type {PointerEvent} */ { clientX, clientY }) => {
  const { left: x, top: y } = map.drawing.getBoundingClientRect();
  moveTo(map.at(clientX - x, clientY - y));
};
map.drawing.addEventListener("pointerdown", (event) => {
  dragging = true;
  map.drawing.setPointerCapture(event.pointerId);
  pulled(event);
});
map.drawing.addEventListener("pointermove", (event) => dragging && pulled(event));
map.drawing.addEventListener("pointerup", () => {
  dragging = false;
  settle();
});
map.element.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
  if (!by) return;
  event.preventDefault();
  const [low, high] = [map.x.range, map.y.range];
  const { start } = state.runs[chosen];
  moveTo([start[0] + (by[0] * (low[1] - low[0])) / 50, start[1] + (by[1] * (high[1] - high[0])) / 50]);
});
map.element.addEventListener("keyup", ({ key }) => key.startsWith("Arrow") && settle());
addEventListener("hashchange", () => {
  if (!location.hash.includes("=")) return;
  state = stateFrom(location.hash.slice(1));
  chosen = 0;
  head = state.steps;
  const [x, y] = region();
  map.rescale(x, y);
  renew();
  byId("laboratory").scrollIntoView();
});
addEventListener("resize", draw);
renew();
