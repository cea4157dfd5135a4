"use strict";
// The bowl: the loss as a surface in parallel projection, turned by hand or by the arrow keys.

/** Colours along a scale of "#rrggbb", by a share from 0 to 1. @returns {number[]} */
function colourAt(colours, share) {
  const place = Math.min(Math.max(share, 0), 1) * (colours.length - 1);
  const index = Math.min(Math.floor(place), colours.length - 2);
  const [low, high] = [colours[index], colours[index + 1]].map((colour) =>
    [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16)),
  );
  return low.map((part, k) => part + (high[k] - part) * (place - index));
}

/** The part of a polygon of places and their losses that lies below a rim. */
function below(places, rim) {
  return places.flatMap((place, k) => {
    const next = places[(k + 1) % places.length];
    const kept = place[2] <= rim ? [place] : [];
    if (place[2] <= rim === next[2] <= rim) return kept;
    const share = (rim - place[2]) / (next[2] - place[2]);
    return [...kept, place.map((part, axis) => part + share * (next[axis] - part))];
  });
}

/** A pen on an empty canvas of this size, its zero in the middle. */
function penOn(canvas, width, height, dense) {
  Object.assign(canvas, { width: width * dense, height: height * dense });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.setTransform(dense, 0, 0, dense, (width / 2) * dense, (height / 2) * dense);
  return pen;
}

class Bowl {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas, colours) {
    this.canvas = canvas;
    this.colours = colours;
    this.yaw = 0.6;
    this.pitch = 0.55;
    this.paths = [];
    this.quads = [];
    this.surface = document.createElement("canvas");
    this.painted = "";
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      from = event;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (from) this.turn((event.clientX - from.clientX) / 120, (event.clientY - from.clientY) / 160);
      if (from) from = event;
    });
    canvas.addEventListener("pointerup", () => (from = null));
    canvas.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.08], ArrowDown: [0, -0.08] };
      if (!(event.key in by)) return;
      event.preventDefault();
      this.turn(...by[event.key]);
    });
  }

  turn(yaw, pitch) {
    this.yaw += yaw;
    this.pitch = Math.min(Math.max(this.pitch + pitch, 0.05), Math.PI / 2);
    this.draw();
  }

  /** Take the heights `z` over the grid of `x` and `y`, up to a `rim`; `low` is the least of them. */
  shape({ x, y, z }, low, rim) {
    this.painted = "";
    this.span = [x[0], x[x.length - 1], y[0], y[y.length - 1], low, rim];
    this.quads = [];
    for (let i = 0; i + 1 < y.length; i++) {
      for (let j = 0; j + 1 < x.length; j++) {
        const places = [[j, i], [j + 1, i], [j + 1, i + 1], [j, i + 1]].map(([column, row]) => [
          x[column],
          y[row],
          z[row][column],
        ]);
        const inside = below(places, rim);
        if (inside.length < 3) continue;
        const height = inside.reduce((sum, place) => sum + place[2], 0) / inside.length;
        this.quads.push({ corners: inside.map((place) => this.scaled(...place)), height });
      }
    }
  }

  /** A place of the map and its loss, each from −1 to 1, the loss from 0. */
  scaled(p, q, loss) {
    const [left, right, near, far, low, rim] = this.span;
    return [
      (2 * (p - left)) / (right - left) - 1,
      (2 * (q - near)) / (far - near) - 1,
      (1.3 * (loss - low)) / (rim - low),
    ];
  }

  /** Pixels right and down of the middle, and how far away. */
  seen([x, y, z], size) {
    const across = x * Math.cos(this.yaw) - y * Math.sin(this.yaw);
    const away = x * Math.sin(this.yaw) + y * Math.cos(this.yaw);
    const up = (z - 0.5) * Math.cos(this.pitch) + away * Math.sin(this.pitch);
    return [size * across, -size * up, away * Math.cos(this.pitch) - z * Math.sin(this.pitch)];
  }

  /** Paint the surface aside, where it is not painted already as it is seen now. */
  paint(width, height, dense, size) {
    const wanted = [this.yaw, this.pitch, width, height, dense].join();
    if (this.painted === wanted) return;
    this.painted = wanted;
    const pen = penOn(this.surface, width, height, dense);
    const [low, rim] = this.span.slice(4);
    const quads = this.quads.map(({ corners, height: loss }) => {
      const places = corners.map((corner) => this.seen(corner, size));
      const [a, b, c] = corners;
      const [u, v] = [b, c].map((corner) => corner.map((part, k) => part - a[k]));
      const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
      const light = (0.5 * normal[0] - 0.4 * normal[1] + 0.8 * normal[2]) / Math.hypot(...normal);
      const colour = colourAt(this.colours, Math.sqrt(Math.max(loss - low, 0) / (rim - low)));
      const fill = `rgb(${colour.map((part) => Math.min(255, part * (0.75 + 0.55 * light))).join(",")})`;
      return { places, fill, depth: Math.max(...places.map((place) => place[2])) };
    });
    quads.sort((one, other) => other.depth - one.depth);
    for (const { places, fill } of quads) {
      pen.beginPath();
      for (const [x, y] of places) pen.lineTo(x, y);
      pen.closePath();
      pen.fillStyle = pen.strokeStyle = fill;
      pen.fill();
      pen.stroke();
    }
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const dense = Math.min(devicePixelRatio, 2);
    const size = Math.min(width / 3, height / 2.6);
    const rim = this.span[5];
    this.paint(width, height, dense, size);
    const pen = penOn(this.canvas, width, height, dense);
    pen.drawImage(this.surface, -width / 2, -height / 2, width, height);
    pen.lineJoin = "round";
    for (const { places, colour } of this.paths) {
      const inside = places.filter(([, , loss]) => loss <= rim * 1.001);
      const points = inside.map((place) => this.seen(this.scaled(...place), size));
      pen.beginPath();
      for (const [x, y] of points) pen.lineTo(x, y);
      pen.strokeStyle = colour;
      pen.lineWidth = 3;
      pen.stroke();
      const last = points[points.length - 1];
      if (!last) continue;
      pen.beginPath();
      pen.arc(last[0], last[1], 6, 0, 7);
      pen.fillStyle = colour;
      pen.fill();
    }
  }
}
