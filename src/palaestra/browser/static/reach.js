/* What hands need to know of an element, and do to it, inside its page.

   Finds a point of it that a mouse would hit, tells what is in front of it, puts the caret into it,
   chooses options, sets inputs that nobody types into, and reads back what stands in it. */
"use strict";
(() => {
  const KEY = Symbol.for("palaestra.reach");
  if (window[KEY]?.document === document) return;
  const watch = window[Symbol.for("palaestra.watch")];
  const SET = new Set(["date", "time", "datetime-local", "month", "week", "range", "color"]);
  const TYPED = new Set(["text", "search", "url", "tel", "email", "password", "number"]);
  const MARGIN = 3;
  const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const short = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
  const kindOf = (element) => {
    if (element instanceof HTMLInputElement) return element.type;
    if (element instanceof HTMLSelectElement) return "select";
    if (element instanceof HTMLTextAreaElement) return "textarea";
    if (element instanceof HTMLOptionElement) return element.closest("select") ? "option" : "other";
    return element.isContentEditable ? "editable" : "other";
  };
  const parentOf = (node) => node.assignedSlot ?? node.parentNode ?? node.host ?? null;
  const holds = (outer, node) => {
    for (let at = node; at; at = at instanceof ShadowRoot ? at.host : parentOf(at)) if (at === outer) return true;
    return false;
  };
  const up = (element, selector) => {
    for (let at = element; at; at = at instanceof ShadowRoot ? at.host : parentOf(at)) if (at.nodeType === 1 && at.matches(selector)) return at;
    return null;
  };

  // The element at a point, through shadow roots.
  function at(x, y) {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inside = found.shadowRoot.elementFromPoint(x, y);
      if (!inside || inside === found) break;
      found = inside;
    }
    return found;
  }

  // Whether a click on what was hit is a click on the element.
  function meets(hit, element) {
    if (!hit) return false;
    if (holds(element, hit)) return true;
    const label = up(hit, "label");
    if (label && label.control === element) return true;
    const passive = getComputedStyle(element).pointerEvents === "none" && !element.matches("a, button, input, select, textarea");
    return passive && holds(hit, element);
  }

  // A point of a box that is in sight and hits the element; null if all are covered.
  function point(box, element) {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return null;
    const inset = (size) => Math.min(MARGIN, size / 3);
    const dx = inset(right - left), dy = inset(bottom - top);
    const places = [
      [(left + right) / 2, (top + bottom) / 2], [left + dx, (top + bottom) / 2], [right - dx, (top + bottom) / 2],
      [left + dx, top + dy], [right - dx, bottom - dy], [right - dx, top + dy], [left + dx, bottom - dy],
    ];
    for (const [x, y] of places) if (meets(at(x, y), element)) return { x, y };
    return null;
  }

  // What stands in front: the outermost part of it that does not hold the element too.
  function inFront(box, element) {
    const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 0), innerHeight - 1);
    let cover = at(x, y);
    if (!cover || holds(cover, element)) return null;
    for (let next = parentOf(cover); next && !holds(next, element); next = parentOf(next)) if (next.nodeType === 1) cover = next;
    const size = cover.getBoundingClientRect();
    return { name: named(cover), wide: size.width * size.height > 4 * box.width * box.height };
  }

  function named(element) {
    const labelled = element.getAttribute("aria-labelledby");
    const part = element.querySelector("h1, h2, h3, h4, [role=heading], legend, [aria-label]");
    const label = labelled && document.getElementById(labelled.split(" ")[0])?.innerText;
    return short(clean(element.ariaLabel || label || part?.ariaLabel || part?.innerText || element.innerText)) || element.getAttribute("role") || element.localName;
  }

  // Elements whose click is a click on this one: itself, what labels it.
  const stands = (element) => [element, ...(element.labels ?? [])].filter((one) => one.getClientRects().length);

  // Where this frame is in its window, up to the top, and whether a point of it is in sight there;
  // null where another origin is in between.
  function outward(x, y) {
    let seen = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    for (let here = window; here !== here.top; here = here.parent) {
      let frame = null;
      try { frame = here.frameElement; } catch { /* another origin */ }
      if (!frame) return null;
      const outer = here.parent, box = frame.getBoundingClientRect(), style = outer.getComputedStyle(frame);
      x += box.left + parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft);
      y += box.top + parseFloat(style.borderTopWidth) + parseFloat(style.paddingTop);
      seen &&= x >= 0 && y >= 0 && x < outer.innerWidth && y < outer.innerHeight;
      if (seen && outer.document.elementFromPoint(x, y) !== frame) seen = Boolean(frame.getRootNode() !== outer.document);
    }
    return { x, y, seen };
  }

  // Waits until an element moves no more, or for long enough.
  async function stand(element) {
    const moving = document.getAnimations().filter((one) => one.playState === "running" && one.effect?.target && holds(one.effect.target, element) && one.effect.getComputedTiming().endTime < 2000);
    if (moving.length) await Promise.race([Promise.allSettled(moving.map((one) => one.finished)), new Promise((resolve) => setTimeout(resolve, 800))]);
  }

  // Brings an element into sight and finds where a click would hit it.
  async function aim(element) {
    await stand(element);
    let front = null, frame = null;
    for (const one of stands(element)) {
      for (const again of [false, true]) {
        if (again) one.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const boxes = [...one.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
        for (const box of boxes) {
          const found = point(box, element);
          if (!found) continue;
          frame = outward(found.x, found.y);
          if (!frame || frame.seen) return { x: frame?.x ?? found.x, y: frame?.y ?? found.y, left: box.left, top: box.top, apart: !frame };
        }
        if (again && boxes.length) front ??= inFront(boxes[0], element);
      }
    }
    if (frame && !front) front = { name: "something in front of its frame", wide: true };
    return { front, hidden: !front };
  }

  function fire(element, ...names) {
    for (const name of names) element.dispatchEvent(new Event(name, { bubbles: true, composed: name === "input" }));
  }

  function select(element) {
    if (element.select) element.select();
    else {
      const range = document.createRange();
      range.selectNodeContents(element);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    }
  }

  // Chooses options of a native box, as its own popup would; `turned` ones leave the others be.
  function pick(box, places, turned) {
    const before = [...box.options].map((option) => option.selected);
    const after = before.map((was, place) => (box.multiple && turned ? was !== places.includes(place) : places.includes(place)));
    box.focus({ preventScroll: true });
    watch.touch();
    const same = before.every((was, place) => was === after[place]);
    if (box.multiple) after.forEach((is, place) => { box.options[place].selected = is; });
    else box.selectedIndex = places[0];
    const chosen = reach.chosen(box);
    if (!same) fire(box, "input", "change");
    return { chosen, same };
  }

  // Whether a person can see an element, or scroll to it.
  function drawn(element) {
    const size = element.getBoundingClientRect();
    if (!size.width || !size.height || !element.checkVisibility({ visibilityProperty: true })) return false;
    for (let outer = parentOf(element); outer; outer = parentOf(outer)) {
      if (outer.nodeType === 1 && getComputedStyle(outer).overflow === "hidden" && !(outer.clientWidth && outer.clientHeight)) return false;
    }
    return true;
  }

  // Whether the page's language tells the month before the day.
  function monthFirst() {
    let form = null;
    try { form = new Intl.DateTimeFormat(document.documentElement.lang || navigator.language); } catch { form = new Intl.DateTimeFormat(); }
    const order = form.formatToParts(new Date()).map((part) => part.type);
    return order.indexOf("month") < order.indexOf("day");
  }

  // Whether what opens from an element is open: it says so, or a menu beside it is drawn.
  function opened(element) {
    if (element.ariaExpanded) return element.ariaExpanded === "true";
    return [...(element.parentElement?.querySelectorAll("[role=menu]") ?? [])].some((menu) => !holds(menu, element) && drawn(menu));
  }

  function takes(element) {
    return ("ref" in element.dataset || element.getRootNode().activeElement === element) && reach.caret(element);
  }

  let there = new Set(); // what said the same as a wanted option before its box was opened
  let heard = false; // whether a click has reached the element that is acted on
  const optionsOf = (box) => [...box.options].map((option) => clean(option.label || option.text));

  const reach = {
    document,
    // Begins an action on an element: says what it is, what stands in it, and where a click hits it.
    // A box to be filled that has the caret, or on a page of ours takes it without a click, is ready.
    async ready(element, op) {
      if (!element.isConnected) return { gone: true };
      watch.begin();
      const kind = kindOf(element);
      const typed = SET.has(kind) || TYPED.has(kind) || kind === "textarea";
      heard = false;
      element.addEventListener("click", () => { heard = true; }, { capture: true, once: true });
      return {
        kind, typed: TYPED.has(kind) || kind === "textarea" || kind === "editable", set: SET.has(kind),
        disabled: element.matches(":disabled"), readonly: typed && Boolean(element.readOnly),
        steps: element.matches("[role=slider], [role=spinbutton]"), hovers: element.matches("[role=menuitem][aria-haspopup]:not([aria-haspopup=false])"),
        monthFirst: monthFirst(), multiple: Boolean(element.multiple), free: element.matches("[role=combobox], [aria-autocomplete], [list]"),
        ...await aim(element), ...reach.read(element), caret: op === "fill" && takes(element),
      };
    },
    // Whether the mouse is over an element, so that a click there is a click on it.
    hovered(element) {
      let hit = null;
      for (let root = document; root; root = hit.shadowRoot) {
        const found = [...root.querySelectorAll(":hover")].at(-1);
        if (!found) break;
        hit = found;
      }
      return meets(hit, element);
    },
    // Selects all that is in a box, with the caret in it; says whether it has that.
    caret(element) {
      const has = reach.focus(element);
      if (has && (element.select || element.isContentEditable)) select(element);
      return has;
    },
    // The number that a slider, or a box with a number, is at.
    turned: (element) => element.ariaValueNow ?? element.value ?? "",
    // Gives an element the focus, if it takes it.
    focus(element) {
      element.focus({ preventScroll: true });
      return element.getRootNode().activeElement === element;
    },
    // Sets an input that nobody types into, the way its own picker would.
    set(element, value) {
      watch.touch();
      element.focus({ preventScroll: true });
      const owner = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
      let wanted = value;
      if (element.type === "color") {
        const paint = document.createElement("canvas").getContext("2d");
        paint.fillStyle = "#010203";
        paint.fillStyle = value.trim();
        if (paint.fillStyle === "#010203") return null;
        wanted = paint.fillStyle;
      }
      Object.getOwnPropertyDescriptor(owner.prototype, "value").set.call(element, wanted);
      fire(element, "input", "change");
      return wanted;
    },
    // Tells a page that a person is through with a box; the caret stays, so lists stay open. Then
    // waits for what comes of it, and reads the box.
    async through(element, patience) {
      watch.touch();
      if (element.isConnected) fire(element, "change");
      return reach.after(element, patience);
    },
    // Leaves a box, as the key Tab does; then the same.
    async leave(element, patience) {
      element.blur();
      return reach.after(element, patience);
    },
    // Waits for what comes of what was done, and reads the element.
    async after(element, patience) {
      const told = await watch.settle(patience);
      return { ...told, ...reach.read(element), heard };
    },
    // Chooses options of a native box by what they say.
    choose(box, wanted) {
      const names = optionsOf(box);
      const open = (place) => !box.options[place].disabled && !box.options[place].parentNode.disabled;
      const places = [];
      for (const name of wanted.map(clean)) {
        const fits = [(one) => one === name, (one) => one.toLowerCase() === name.toLowerCase(), (_, place) => box.options[place].value === name];
        const found = fits.map((fit) => names.map((one, place) => (fit(one, place) ? place : -1)).filter((place) => place >= 0)).find((all) => all.length);
        if (!found || (places.length && !box.multiple)) return { missing: name };
        const place = found.find(open);
        if (place === undefined) return { barred: names[found[0]] };
        places.push(place);
      }
      return pick(box, places, false);
    },
    // Chooses an option by itself.
    turn(option) {
      const box = option.closest("select");
      if (option.disabled || option.parentNode.disabled) return { barred: clean(option.label || option.text) };
      return pick(box, [[...box.options].indexOf(option)], true);
    },
    // The keys that bring a closed box for one to an option: opened, gone along, taken.
    reaching(element, wanted) {
      const box = element.closest("select");
      if (box.multiple || box.size > 1) return null;
      const open = [...box.options].filter((option) => !option.disabled && !option.parentNode.disabled);
      const to = open.findIndex((option) => clean(option.label || option.text) === wanted);
      const steps = to - open.indexOf(box.selectedOptions[0]);
      if (to < 0 || Math.abs(steps) > 300) return null;
      return ["Alt+ArrowDown", ...Array(Math.abs(steps)).fill(steps > 0 ? "ArrowDown" : "ArrowUp"), "Enter"];
    },
    // The keys that enter a value into an input of several parts, or into a slider.
    keys(element, value) {
      if (!value) return ["Backspace"];
      if (element.type === "range") {
        const step = Number(element.step) || 1;
        const steps = Math.round((Number(value) - (Number(element.min) || 0)) / step);
        return steps >= 0 && steps <= 300 ? ["Home", ...Array(steps).fill("ArrowRight")] : [];
      }
      const [year, month = "", day = "", hour = "", minute = ""] = element.type === "time" ? ["", "", "", ...value.split(":")] : value.replace("W", "").split(/[-T:]/);
      const half = new Intl.DateTimeFormat(navigator.language, { hour: "numeric" }).resolvedOptions().hour12;
      const digits = (text) => [...text.padStart(2, "0")];
      const parts = { year: [...year, "ArrowRight"], month: digits(month), day: digits(day) };
      const time = [...digits(half ? String(Number(hour) % 12 || 12) : hour), ...digits(minute), ...(half ? [Number(hour) < 12 ? "a" : "p"] : [])];
      const order = new Intl.DateTimeFormat(navigator.language).formatToParts(new Date()).map((part) => part.type).filter((type) => parts[type]);
      if (element.type === "time") return time;
      if (element.type === "week" || element.type === "month") return [...digits(month), ...year];
      const date = order.flatMap((type) => parts[type]);
      return element.type === "date" ? date : [...date, ...time];
    },
    chosen: (box) => [...box.selectedOptions].map((option) => clean(option.label || option.text)),
    // What stands in an element now.
    read(element) {
      const kind = kindOf(element);
      const marked = ["aria-checked", "aria-selected", "aria-pressed"].map((name) => element.getAttribute(name)).find(Boolean);
      const turned = element.matches("[role=slider]") || (element.value === undefined && element.matches("[role=spinbutton]"));
      const shown = turned ? element.ariaValueNow ?? "" : kind === "select" || kind === "option" ? reach.chosen(element.closest("select")).join(", ")
        : kind === "file" ? [...element.files].map((file) => file.name).join(", ")
        : kind === "editable" ? element.innerText : element.value ?? element.innerText ?? "";
      return { expanded: opened(element), shown: String(shown), checked: marked ? marked === "true" : element.checked, connected: element.isConnected, bad: element.validity?.badInput ?? false };
    },
    // What can be chosen in a box that a script draws, where it is open; null where there is no such
    // thing. What has no role is one of its options if it says so and came with the opening.
    option(box, wanted, opened) {
      const ids = `${box.getAttribute("aria-controls") ?? ""} ${box.getAttribute("aria-owns") ?? ""}`.split(" ").filter(Boolean);
      const root = box.getRootNode();
      const lists = [box, ...ids.map((id) => root.getElementById(id)).filter(Boolean)];
      const says = (one) => clean(one.ariaLabel || one.innerText).toLowerCase() === clean(wanted).toLowerCase();
      for (const list of [...lists, root]) {
        const found = [...list.querySelectorAll("[role=option]")].find((one) => says(one) && drawn(one));
        if (found) return found;
      }
      const others = [...document.body.querySelectorAll("*")].filter((one) => !one.children.length && says(one) && drawn(one));
      if (!opened) there = new Set(others);
      return opened ? others.findLast((one) => !there.has(one) && !holds(box, one)) ?? null : null;
    },
    // Scrolls what the element stands in, a page at a time until something new is drawn or the end is
    // reached; says where a wheel turns it, and whether it moved.
    async scroll(element, down) {
      watch.begin();
      const able = (one) => one.scrollHeight > one.clientHeight + 1 && (one === document.scrollingElement || /auto|scroll|overlay/.test(getComputedStyle(one).overflowY));
      let box = able(element) ? element : [...element.querySelectorAll("*")].find(able) ?? null;
      for (let outer = element; !box && outer; outer = outer instanceof ShadowRoot ? outer.host : parentOf(outer)) if (outer.nodeType === 1 && able(outer)) box = outer;
      box ??= document.scrollingElement ?? document.documentElement;
      const start = box.scrollTop, before = watch.changes();
      for (let page = 0; page < 30 && watch.changes() === before; page++) {
        const was = box.scrollTop;
        const far = page < 29 ? 0.9 * box.clientHeight : box.scrollHeight;
        box.scrollBy({ top: down ? far : -far, behavior: "instant" });
        if (box.scrollTop === was) break;
        await new Promise((resolve) => { watch.frame(() => watch.frame(resolve)); });
      }
      const whole = box === document.scrollingElement;
      const size = whole ? new DOMRect(0, 0, innerWidth, innerHeight) : box.getBoundingClientRect();
      const found = point(size, whole ? document.documentElement : box);
      const frame = found && outward(found.x, found.y);
      watch.draw(found && "wheel"); // which Chromium says is done before the page has heard of it
      const corner = element.getClientRects()[0] ?? size;
      return { moved: box.scrollTop !== start || watch.changes() !== before, ...(found ? { x: frame?.x ?? found.x, y: frame?.y ?? found.y, left: corner.left, top: corner.top, apart: !frame } : {}) };
    },
    // Where a point of the document in a frame is outside it, brought into sight; null if something
    // is in front of it there.
    around(frame, x, y) {
      const style = getComputedStyle(frame);
      const inset = (side) => parseFloat(style[`border${side}Width`]) + parseFloat(style[`padding${side}`]);
      for (const again of [false, true]) {
        if (again) {
          frame.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
          const box = frame.getBoundingClientRect();
          scrollBy({ left: box.left + x - innerWidth / 2, top: box.top + y - innerHeight / 2, behavior: "instant" });
        }
        const box = frame.getBoundingClientRect();
        const found = { x: box.left + inset("Left") + x, y: box.top + inset("Top") + y };
        if (at(found.x, found.y) !== frame) continue;
        const outer = outward(found.x, found.y);
        if (!outer) return found;
        if (outer.seen) return outer;
      }
      return null;
    },
  };
  Object.defineProperty(window, KEY, { value: reach, configurable: true });
})();
