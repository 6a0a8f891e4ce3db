/* Knows what a page has set going since the last action, so that whoever looks waits for just that.

   Runs before the page's own scripts, in every frame. What is begun within a moment of an action, or
   by something so begun, is owed: requests, short timers, frames, loads, animations. What was under
   way before, or comes of nothing that was done (a poll, a clock, a slide show), is not. Each kind
   has a bound; what takes longer is given up. Timers and requests behave as they always do. */
"use strict";
(() => {
  const KEY = Symbol.for("palaestra.watch");
  if (window[KEY]?.document === document) return; // an empty first document may leave its window behind
  const BOUNDS = { // milliseconds that one of each kind is waited for at most
    leaving: 15000, request: 5000, busy: 3000, load: 4000, timer: 800, animation: 800, answer: 400, submit: 400, frame: 120,
  };
  const ENOUGH = 1500; // ms; timers, animations and frames are waited for no longer, however many follow
  const MOMENT = 100; // ms after an input, or an answer, in which what begins is taken to come of it
  const LONG = 600; // ms; what is put off for longer (a notice that goes away) is not waited for
  const DEEPEST = 4; // links of a chain of timers, frames and requests
  const OFTEN = 3; // requests to one address after one action that make it a poll
  const INPUTS = ["pointerover", "pointerdown", "pointerup", "click", "keydown", "keyup", "input", "change", "submit", "wheel", "scroll", "popstate"];
  const SEEN = ["aria-busy", "data-waiting", "data-live", "class", "style", "hidden", "disabled", "open", "value", "aria-expanded"];
  const PAINT = /color|shadow|outline|background|fill|stroke|filter|radius/; // moves nothing
  const NEVER = { depth: DEEPEST }; // the cause of what nobody asked for
  const own = {
    setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window),
    setInterval: window.setInterval.bind(window),
    frame: window.requestAnimationFrame.bind(window), cancel: window.cancelAnimationFrame.bind(window),
  };
  const now = performance.now.bind(performance);
  const owed = new Set();
  const given = new WeakSet(); // busy elements and sockets that are not waited for again
  const polls = new Set(); // addresses that are not waited for again
  const chained = new Map(); // address -> how often it was asked since the last action
  const invalid = new Set();
  const { port1, port2 } = new MessageChannel();
  let turns = [];
  let waking = []; // who waits for something to happen: more than one may
  let cause = null; // the task that runs now
  let inside = false; // whether the task of the last input or answer is not over yet
  let last = now(); // when the page was last given a reason to do something
  let depth = 0; // how far from an action that reason is
  let changes = 0;
  let sent = 0; // requests and messages that came of it
  let downloads = 0; // links with a file behind them that were followed
  let leaving = null;

  port1.onmessage = () => {
    if (inside) { inside = false; last = now(); }
    const over = turns;
    turns = [];
    for (const resolve of over) resolve();
  };
  const turn = () => new Promise((resolve) => { turns.push(resolve); port2.postMessage(0); });
  function wake() {
    const all = waking;
    waking = [];
    for (const one of all) one();
  }
  function give(reason) {
    depth = reason;
    last = now();
    if (!inside) { inside = true; port2.postMessage(0); }
  }
  function owing() {
    if (cause) return cause.depth < DEEPEST;
    return document.readyState !== "complete" || (depth < DEEPEST && (inside || now() - last < MOMENT));
  }
  function begin(kind, about = null) {
    const task = { kind, about, since: now(), depth: cause ? cause.depth + 1 : depth };
    owed.add(task);
    if (kind === "answer" || (kind === "request" && about)) sent += 1;
    return task;
  }
  function end(task) {
    if (!task || !owed.delete(task)) return;
    if (task.kind === "request" || task.kind === "answer" || task.kind === "load") give(task.depth + 1);
    wake();
  }
  function run(task, fn, self, args) {
    const before = cause;
    cause = task && owed.has(task) ? task : NEVER;
    try {
      return fn.apply(self, args);
    } finally {
      cause = before;
      end(task);
    }
  }

  // Timers and frames.
  const timers = new Map();
  window.setTimeout = function setTimeout(fn, delay, ...args) {
    if (typeof fn !== "function") return own.setTimeout(fn, delay, ...args);
    const task = !(delay > LONG) && owing() ? begin("timer") : null;
    const id = own.setTimeout(function () { timers.delete(id); run(task, fn, this, args); }, delay);
    if (task) timers.set(id, task);
    return id;
  };
  window.clearTimeout = function clearTimeout(id) {
    end(timers.get(id));
    timers.delete(id);
    own.clearTimeout(id);
  };
  window.setInterval = function setInterval(fn, ...rest) {
    if (typeof fn !== "function") return own.setInterval(fn, ...rest);
    return own.setInterval(function (...args) { run(null, fn, this, args); }, ...rest);
  };
  const frames = new Map();
  window.requestAnimationFrame = function requestAnimationFrame(fn) {
    if (typeof fn !== "function") return own.frame(fn);
    const task = owing() ? begin("frame") : null;
    const id = own.frame(function (time) { frames.delete(id); run(task, fn, this, [time]); });
    if (task) frames.set(id, task);
    return id;
  };
  window.cancelAnimationFrame = function cancelAnimationFrame(id) {
    end(frames.get(id));
    frames.delete(id);
    own.cancel(id);
  };

  // Requests; one that took too long, or that comes again and again of its own answer, is a poll.
  function request(address) {
    if (!owing()) return null;
    let path = "";
    try { path = new URL(address, document.baseURI).pathname; } catch { /* the page's own mistake */ }
    if (cause || depth || !inside) {
      const often = chained.get(path) ?? 0;
      if (often >= OFTEN || polls.has(path)) return null;
      chained.set(path, often + 1);
    }
    return begin("request", path);
  }
  function until(promise, task) {
    if (task) promise.then(() => end(task), () => end(task));
    return promise;
  }
  if (window.fetch) {
    const fetch = window.fetch;
    window.fetch = function (...args) {
      return until(fetch.apply(this, args), request(args[0]?.url ?? args[0]));
    };
  }
  for (const [{ prototype }, ...names] of [[Response, "json", "text", "blob", "arrayBuffer", "formData"], [Blob, "text", "arrayBuffer"]]) {
    for (const name of names) {
      const read = prototype[name];
      prototype[name] = function (...args) {
        return until(read.apply(this, args), owing() ? begin("request", "") : null);
      };
    }
  }
  const { open, send } = XMLHttpRequest.prototype;
  const addresses = new WeakMap();
  XMLHttpRequest.prototype.open = function (...args) {
    addresses.set(this, args[1]);
    return open.apply(this, args);
  };
  XMLHttpRequest.prototype.send = function (...args) {
    const task = request(addresses.get(this));
    if (task) this.addEventListener("loadend", () => end(task), { once: true });
    return send.apply(this, args);
  };
  const say = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...args) {
    if (owing() && !given.has(this)) {
      const task = begin("answer", this);
      this.addEventListener("message", () => end(task), { once: true });
    }
    return say.apply(this, args);
  };

  // What a person does, and what the page asks a person.
  for (const name of INPUTS) window.addEventListener(name, (event) => { if (event.isTrusted) give(0); }, { capture: true, passive: true });
  for (const name of ["load", "DOMContentLoaded", "pageshow"]) window.addEventListener(name, () => { give(0); wake(); });
  for (const name of ["alert", "confirm", "prompt"]) {
    const ask = window[name];
    window[name] = function (...args) {
      const answer = ask.apply(this, args);
      give(0);
      return answer;
    };
  }
  // A form is sent in a later task than the one that sends it off; what it does then is a navigation.
  const sending = new Set();
  function sentOff() {
    for (const task of sending) end(task);
    sending.clear();
  }
  window.addEventListener("submit", (event) => {
    const task = begin("submit");
    sending.add(task);
    own.setTimeout(() => { if (event.defaultPrevented || event.target.method === "dialog") end(task); });
  }, true);
  window.addEventListener("invalid", (event) => invalid.add(event.target), true);
  window.navigation?.addEventListener("navigate", (event) => {
    const to = event.destination;
    sentOff();
    if (event.downloadRequest != null) downloads += 1;
    if (to.sameDocument || event.hashChange || event.downloadRequest != null || !/^(https?|file):/.test(to.url)) return;
    leaving = to.url;
  });
  for (const name of ["navigatesuccess", "navigateerror"]) window.navigation?.addEventListener(name, () => watch.stay());

  // What is put into the page and has to come from somewhere, and what moves.
  const loads = new Map();
  for (const name of ["load", "error"]) {
    document.addEventListener(name, (event) => { end(loads.get(event.target)); loads.delete(event.target); }, true);
  }
  let known = new WeakSet(); // animations that are waited for, or not to be
  let looked = 0; // changes up to which animations were looked for
  function animations() {
    if (looked === changes) return;
    looked = changes;
    for (const one of document.getAnimations()) {
      if (known.has(one)) continue;
      known.add(one);
      const over = one.effect?.getComputedTiming().endTime;
      if (one.playState !== "running" || !(over <= 2 * LONG) || PAINT.test(one.transitionProperty)) continue;
      const task = begin("animation", one.effect.target);
      one.finished.then(() => end(task), () => end(task));
    }
  }
  new MutationObserver((records) => {
    changes += records.length;
    for (const record of records) {
      for (const node of record.addedNodes) {
        // What is put there while the document loads is waited for with it, and may be over already.
        if (document.readyState === "complete" && node.nodeType === 1 && node.matches("iframe[src], script[src], link[rel=stylesheet]") && !loads.has(node) && owing()) loads.set(node, begin("load", node));
      }
    }
    wake();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SEEN });

  function busy() {
    const root = document.documentElement;
    if (!root) return [];
    const ours = root.dataset.waiting !== undefined && (root.dataset.waiting !== "0" || !root.dataset.live) ? [root] : [];
    return [...ours, ...document.querySelectorAll("[aria-busy=true]")].filter((one) => !given.has(one) && one.getClientRects().length);
  }

  // Returns what is still waited for, given when that began; drops what goes on for too long.
  function waiting(start) {
    const waited = now() - start;
    animations();
    if (leaving && waited > BOUNDS.leaving) leaving = null;
    for (const task of owed) {
      const short = BOUNDS[task.kind] <= 800;
      const late = now() - Math.max(task.since, start) > BOUNDS[task.kind] || (short && waited > ENOUGH);
      if (!late && task.about?.isConnected !== false) continue;
      owed.delete(task);
      if (task.kind === "request") polls.add(task.about);
      if (task.kind === "answer") given.add(task.about);
    }
    const kinds = new Set([...owed].map((task) => task.kind));
    if (leaving) kinds.add("leaving");
    if (document.readyState !== "complete" && waited <= BOUNDS.load) kinds.add("load");
    const held = busy();
    if (waited > BOUNDS.busy) held.forEach((one) => given.add(one));
    else if (held.length) kinds.add("busy");
    return kinds;
  }
  const woken = (limit) => new Promise((resolve) => {
    const timer = own.setTimeout(resolve, limit);
    waking.push(() => { own.clearTimeout(timer); resolve(); });
  });
  const within = (windows, what) => windows.map((one) => { try { return what(one[KEY]); } catch { return null; } });

  const watch = {
    document,
    // Says that an action begins: what is under way now does not come of it.
    begin() {
      owed.clear();
      invalid.clear();
      chained.clear();
      known = new WeakSet(document.getAnimations());
      looked = 0;
      changes = sent = downloads = 0;
      give(0);
      if (window !== window.parent) within([window.parent], (outer) => outer?.begin());
    },
    // Says that the page is given something to react to just now.
    touch: () => give(0),
    changes: () => changes,
    frame: own.frame,
    // Says that the page is not left after all.
    stay() { leaving = null; wake(); },
    // Holds the page to be moving until two more frames are drawn, after an event that is to come.
    draw(event) {
      const task = begin("timer");
      const drawn = () => own.frame(() => own.frame(() => end(task)));
      if (event) window.addEventListener(event, drawn, { once: true, capture: true, passive: true });
      else drawn();
    },
    // Waits until nothing is owed; `patience` is the most that it takes, in milliseconds.
    async settle(patience) {
      const start = now();
      const others = Promise.all(within(Array.from({ length: window.length }, (_, n) => window[n]), (inner) => inner?.settle(patience)));
      let kinds = waiting(start);
      for (let rested = false; now() - start < patience;) {
        if (kinds.size) {
          await woken(Math.min(...[...kinds].map((kind) => BOUNDS[kind])) + 1);
        } else {
          if (rested) break;
          const before = changes;
          await turn();
          rested = changes === before;
        }
        kinds = waiting(start);
      }
      const told = (await others).flatMap((one) => one?.invalid ?? []);
      const found = [...invalid].filter((one) => one.isConnected && one.validationMessage);
      const named = (one) => one.labels?.[0]?.innerText || one.ariaLabel || one.placeholder || one.name || "";
      return { pending: [...kinds], changes, sent, downloads, invalid: [...found.map((one) => [named(one), one.validationMessage]), ...told] };
    },
  };
  Object.defineProperty(window, KEY, { value: watch, configurable: true });
})();
