/* Tells the server what was done, and morphs the screen that comes back into place.

   Messages are numbered and kept until the server has acknowledged them, so a lost connection loses
   nothing. Text is sent when it has rested for a moment, and always before anything else is sent.
   While there is text in a field that the server does not know yet, the field keeps it. */
"use strict";
(() => {
  const RESTING = 250;
  const TOO_LONG = 16000;
  const TAKEN_OVER = 4001;
  const UNKNOWN = 4004;
  const CLICKED = "input[type=radio], input[role=combobox]"; // inputs whose clicks the server hears of
  const OWN = new Set(["value", "checked", "selected"]); // what a control itself knows first
  const page = document.documentElement;
  const toast = document.getElementById("toast");
  const resting = new Map(); // ref -> timer of text that is not sent yet
  let waiting = []; // messages that are not acknowledged yet
  let number = Number(page.dataset.ack);
  let socket = null;
  let retry = 250;
  let shown = page.dataset.place;
  let hiding = 0;

  const app = () => document.getElementById("app");
  const refOf = (element) => element?.dataset?.ref ?? "";
  const isText = (element) => element.matches("input[type=text], input[type=search], textarea");
  const byRef = (ref) => app().querySelector(`[data-ref="${CSS.escape(ref)}"]`);

  function tell(text) {
    clearTimeout(hiding);
    toast.textContent = text;
    if (text) hiding = setTimeout(() => tell(""), 6000);
  }

  function count() {
    page.dataset.waiting = waiting.length + resting.size;
  }

  function send(message) {
    message.n = ++number;
    waiting.push(message);
    if (socket?.readyState === WebSocket.OPEN && page.dataset.live) socket.send(JSON.stringify(message));
    count();
  }

  function flush(ref) {
    clearTimeout(resting.get(ref));
    resting.delete(ref);
    const field = byRef(ref);
    if (!field) return;
    if (field.value.length > TOO_LONG) {
      tell("That is too much text for one field");
      set(field);
      return count();
    }
    send({ op: "fill", ref, text: field.value });
  }

  function act(message) {
    for (const ref of [...resting.keys()]) flush(ref);
    send(message);
  }

  // A field that has text, or a choice, that the server does not know yet.
  const isAhead = (element) => {
    const ref = refOf(element);
    return ref !== "" && (resting.has(ref) || waiting.some((m) => m.ref === ref && m.op !== "press" && m.op !== "click"));
  };

  function set(control) {
    if (isAhead(control)) return;
    if (control.matches("select")) {
      const chosen = [...control.options].findIndex((option) => option.hasAttribute("selected"));
      if (control.selectedIndex !== chosen) control.selectedIndex = chosen;
    } else if (control.type === "checkbox" || control.type === "radio") {
      control.checked = control.hasAttribute("checked");
    } else {
      const value = control.matches("textarea") ? control.defaultValue : (control.getAttribute("value") ?? "");
      if (control.value !== value) control.value = value;
    }
  }

  const morph = (element, html, beforeAttributeUpdated) =>
    Idiomorph.morph(element, html, { morphStyle: "outerHTML", callbacks: { beforeAttributeUpdated } });

  function draw(state) {
    const focused = document.activeElement;
    morph(app(), state.html, (name, element) => !(OWN.has(name) && isAhead(element.closest("select") ?? element)));
    morph(document.getElementById("bar"), state.bar, (name) => name !== "value");
    document.title = state.title;
    for (const control of app().querySelectorAll("input, select, textarea")) set(control);
    for (const ref of [...resting.keys()]) if (!byRef(ref)) { clearTimeout(resting.get(ref)); resting.delete(ref); }
    const moved = state.place !== shown;
    shown = state.place;
    if (moved) window.scrollTo(0, 0);
    if (waiting.length === 0) place(moved, focused);
    if (state.back && !history.state?.inside) history.pushState({ inside: true }, "");
  }

  // Who has the focus after what had it is gone: the box that a list or a calendar opened from, or
  // the button that turned the month.
  function heir(gone) {
    const [verb, name] = refOf(gone).split(":");
    if (verb === "pick") return byRef(`field:${name}`);
    if (verb === "day") return byRef(`calendar:${name}`);
    if (verb !== "month") return null;
    const turners = app().querySelectorAll(`[data-ref^="${CSS.escape(`month:${name}:`)}"]`);
    return [...turners].find((button) => button.textContent === gone.textContent);
  }

  // Moves the focus in an open list or month, and into it from the box it opened from.
  function step(element, key) {
    const sign = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[key];
    const parts = "[role=option][data-ref], [role=dialog] .month button";
    if (!sign) return false;
    const all = [...(element.closest(".field")?.querySelectorAll(parts) ?? [])];
    let to = null;
    if (element.matches(parts)) {
      const week = element.matches("button") && (key === "ArrowDown" || key === "ArrowUp");
      to = all[all.indexOf(element) + sign * (week ? 7 : 1)] ?? element;
    } else if (key === "ArrowDown" && element.matches("[aria-expanded=true], [data-ref^='calendar:']")) {
      to = all.find((one) => one.matches("[aria-selected=true], [aria-pressed=true]")) ?? all[0];
    }
    to?.focus();
    return to != null;
  }

  // Puts the focus where a person goes on: the first wrong field, a question's or a form's first
  // control, else the heading. Whoever has the focus on something that is still there keeps it.
  function place(moved, focused) {
    const wrong = app().querySelector("[aria-invalid=true]");
    if (!moved && wrong && refOf(focused) === "save") return wrong.focus();
    if (document.activeElement !== document.body) return;
    if (!moved && focused === document.body) return;
    const next = moved ? null : heir(focused);
    if (next) return next.focus();
    const first = app().querySelector("[role=dialog] button.plain, .fields input, .fields select") ?? app().querySelector("h1");
    first?.focus({ preventScroll: true });
  }

  function connect() {
    socket = new WebSocket(`${location.origin.replace("http", "ws")}${location.pathname}/live`);
    let greeted = false;
    socket.onmessage = (event) => {
      const state = JSON.parse(event.data);
      waiting = waiting.filter((message) => message.n > state.ack);
      if (!greeted) {
        greeted = true;
        retry = 250;
        page.dataset.live = "yes";
        waiting.forEach((message, place) => { message.n = state.ack + 1 + place; });
        number = state.ack + waiting.length;
        for (const message of waiting) socket.send(JSON.stringify(message));
        tell("");
      }
      draw(state);
      if (state.wrong) tell(state.wrong);
      count();
    };
    socket.onclose = (event) => {
      delete page.dataset.live;
      if (event.code === UNKNOWN) return location.assign("/");
      if (event.code === TAKEN_OVER) return takenOver();
      if (event.code === 1009) waiting.shift();
      setTimeout(() => { if (!page.dataset.live) tell("The connection is lost; trying again …"); }, 1000);
      setTimeout(connect, retry);
      retry = Math.min(retry * 2, 5000);
    };
  }

  function takenOver() {
    waiting = [];
    tell("This was opened in another window. ");
    clearTimeout(hiding);
    const here = document.createElement("button");
    here.textContent = "Go on here";
    here.onclick = () => { tell(""); connect(); };
    toast.append(here);
  }

  document.addEventListener("input", (event) => {
    const ref = refOf(event.target);
    if (!ref || !isText(event.target)) return;
    clearTimeout(resting.get(ref));
    resting.set(ref, setTimeout(() => flush(ref), RESTING));
    count();
  });

  document.addEventListener("change", (event) => {
    const ref = refOf(event.target);
    if (!ref) return;
    if (event.target.matches("select")) act({ op: "select", ref, text: event.target.value });
    else if (event.target.type === "checkbox") act({ op: "check", ref });
    else if (resting.has(ref)) flush(ref);
  });

  document.addEventListener("click", (event) => {
    const used = event.target.closest("[data-ref], [data-do]");
    if (!used || (used.matches("input, select, textarea, section") && !used.matches(CLICKED))) return;
    if (used.type !== "radio") event.preventDefault();
    if (!used.dataset.do) return act({ op: "click", ref: refOf(used) });
    const answer = document.getElementById("b-answer");
    if (used.dataset.do === "done" && answer?.value.trim()) act({ op: "answer", text: answer.value.trim() });
    else act({ op: used.dataset.do });
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const ref = refOf(event.target);
    if (event.key === "Enter" && event.target.id === "b-answer") return document.getElementById("b-done").click();
    if (!ref) return;
    const on = (selector) => event.target.matches(selector);
    const opens = on("div[role=combobox]") ? [" ", "ArrowDown"] : on("input[role=combobox]") ? ["ArrowDown"] : on("div[role=option], div[role=menuitem]") ? ["Enter", " "] : [];
    const typing = on("input, select, textarea, [role=combobox]");
    if (step(event.target, event.key)) {
      event.preventDefault();
    } else if (event.key === "Escape" && on("[role=option]")) {
      act({ op: "press", ref: `field:${ref.split(":")[1]}`, text: event.key });
    } else if (opens.includes(event.key)) {
      event.preventDefault();
      act({ op: "click", ref });
    } else if (on("section") && (event.key === "PageDown" || event.key === "End")) {
      act({ op: "scroll", ref, text: "down" });
    } else if (event.key === "Escape" || (event.key === "Enter" && typing && !event.shiftKey)) {
      event.preventDefault();
      act({ op: "press", ref, text: event.key });
    }
  });

  // A list that goes on when it is scrolled: once at its end, a turn of the wheel asks for more.
  document.addEventListener("wheel", (event) => {
    const list = event.target.closest("section[data-ref]");
    if (!list || event.deltaY <= 0 || waiting.length > 0) return;
    if (list.scrollTop + list.clientHeight >= list.scrollHeight - 2) act({ op: "scroll", ref: refOf(list), text: "down" });
  }, { passive: true });

  window.addEventListener("popstate", () => {
    if (!history.state?.inside) act({ op: "back" });
  });

  count();
  connect();
})();
