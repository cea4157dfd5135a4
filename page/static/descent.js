"use strict";
// The lesson's loss and its descents, by the formulas and rules that lesson.js states.

/** @typedef {[number, number]} Pair the two parameters, or a number for each */
/** @typedef {{rule: string, settings: Object<string, number>, start: Pair}} Run */
/** @typedef {{places: Pair[], losses: number[], slopes: Pair[]}} Descent */

/**
 * The mean of a function over the lesson's points.
 * @param {(x: number, y: number) => number} of
 */
function mean(of) {
  let sum = 0;
  for (let i = 0; i < LESSON.x.length; i++) sum += of(LESSON.x[i], LESSON.y[i]);
  return sum / LESSON.x.length;
}

/** @param {Pair} place */
function lossAt([p, q]) {
  return mean((x, y) => MODEL.loss(p, q, x, y));
}

/** @param {Pair} place @returns {Pair} */
function gradientAt([p, q]) {
  let first = 0;
  let second = 0;
  for (let i = 0; i < LESSON.x.length; i++) {
    const slope = MODEL.gradient(p, q, LESSON.x[i], LESSON.y[i]);
    first += slope[0];
    second += slope[1];
  }
  return [first / LESSON.x.length, second / LESSON.x.length];
}

/** @param {Run} run @param {number} steps @returns {Descent} */
function descend(run, steps) {
  const rule = RULES[run.rule];
  const nothing = () => new Array(rule.remember).fill(0);
  let memory = [nothing(), nothing()];
  /** @type {Pair[]} */
  const places = [run.start];
  for (let t = 0; t < steps; t++) {
    const here = places[t];
    const slope = gradientAt([
      rule.look(run.settings, here[0], memory[0]),
      rule.look(run.settings, here[1], memory[1]),
    ]);
    const moves = [0, 1].map((k) => rule.step(run.settings, slope[k], memory[k]));
    memory = moves.map(([, remembered]) => remembered);
    places.push([here[0] + moves[0][0], here[1] + moves[1][0]]);
  }
  return { places, losses: places.map(lossAt), slopes: places.map(gradientAt) };
}

/** A run by a rule as it is if nothing is said, from the lesson's start. @returns {Run} */
function runBy(rule, rate) {
  return {
    rule,
    settings: { ...RULES[rule].settings, learning_rate: rate },
    start: [LESSON.start[0], LESSON.start[1]],
  };
}

/** The lesson's own run. @returns {Run} */
function ownRun() {
  const run = runBy(LESSON.rule, LESSON.settings.learning_rate);
  Object.assign(run.settings, LESSON.settings);
  return run;
}

/**
 * Runs as an address: each begins with its rate, what follows is about it.
 * @param {{steps: number, runs: Run[]}} state
 */
function addressOf({ steps, runs }) {
  const said = runs.map(({ rule, settings, start }) => {
    const { learning_rate: rate, ...others } = settings;
    const more = Object.entries(others).map(([name, value]) => `&${name}=${value}`);
    return `&rate=${rate}&rule=${rule}&start=${start.join(",")}${more.join("")}`;
  });
  return `steps=${steps}${said.join("")}`;
}

/**
 * The runs that an address asks for; what it does not say is the lesson's, what is no number is left.
 * @param {string} address
 */
function stateFrom(address) {
  const state = { steps: LESSON.steps, runs: /** @type {Run[]} */ ([]) };
  for (const [name, value] of new URLSearchParams(address)) {
    const run = state.runs[state.runs.length - 1];
    const number = Number(value);
    if (name === "steps" && number >= 1) state.steps = Math.min(Math.round(number), 5000);
    else if (name === "rate" && number > 0) state.runs.push(runBy("plain", number));
    else if (run && name === "rule" && Object.hasOwn(RULES, value)) {
      Object.assign(run, { rule: value });
      run.settings = { ...RULES[value].settings, learning_rate: run.settings.learning_rate };
    } else if (run && name === "start") {
      const pair = value.split(",").map(Number);
      if (pair.length === 2 && pair.every(Number.isFinite)) run.start = [pair[0], pair[1]];
    } else if (run && name in run.settings && number >= 0 && number < 1) run.settings[name] = number;
  }
  if (!state.runs.length) state.runs.push(ownRun());
  return state;
}
