/* What makes pages smoother: keys, dropping files, live lengths, copying. Every page works without it. */
"use strict";
(() => {
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const writing = (element) => element.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]");

  /* Keys */
  let leader = false;
  const acts = ["e", "z"]; /* not while a key is held down, nor before the last act was answered */
  const steps = () => all("[data-step]").filter((step) => step.checkVisibility());
  const here = () => document.activeElement.closest("[data-step]") ?? find("[data-step].is-here");

  const markHere = (step) => {
    all("[data-step].is-here").forEach((other) => other.classList.remove("is-here"));
    step?.classList.add("is-here");
  };
  const goTo = (step) => {
    markHere(step);
    if (!step) return;
    (find("a", step) ?? step).focus({ preventScroll: true });
    step.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => {
    const rows = steps();
    const at = rows.indexOf(here());
    goTo(rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]);
  };
  /* Once done it makes room: the next one is chosen before, and stays so when the page comes. Nothing chosen, nothing done */
  const complete = (step) => {
    const button = step && find("[data-done]", step);
    if (!step) move(1);
    if (!button) return;
    const rows = steps();
    const at = rows.indexOf(step);
    goTo(rows[at + 1] ?? rows[at - 1]);
    button.click();
  };
  const keys = {
    "/": () => { const finder = find("#finder"); if (finder) finder.focus(); },
    "?": () => { window.location.assign("/shortcuts"); },
    j: () => move(1),
    k: () => move(-1),
    e: () => complete(here()),
    z: () => takeBack(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") document.documentElement.classList.add("is-hushed"); /* exact times stop showing */
    if (event.key === "Escape" && writing(event.target)) { event.target.blur(); return; }
    if (event.key === "Escape" && floats()) fallSilent();
    if (writing(event.target)) return;
    if (leader) {
      leader = false;
      const room = find(`[data-go="${CSS.escape(event.key)}"]`);
      if (room) { event.preventDefault(); room.click(); }
      return;
    }
    if (event.key === "g") { leader = true; setTimeout(() => { leader = false; }, 1500); return; }
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    if (!acts.includes(event.key) || !event.repeat && !find("form.htmx-request")) keys[event.key]();
  });

  const speakAgain = () => document.documentElement.classList.remove("is-hushed");
  document.addEventListener("focusin", speakAgain);
  document.addEventListener("pointerover", (event) => { if (event.target.closest("time")) speakAgain(); });

  /* What was done in this window, by where each is taken back: what a message offers to undo, and nothing else.
   * A message that follows an Undo offers the way back of that, which is no doing: `z` leaves it alone. */
  const doneHere = `rapport-done-${document.body.dataset.member}`;
  const lastWasUndo = "rapport-undo";
  const doings = () => JSON.parse(sessionStorage.getItem(doneHere) ?? "[]");
  const keepDoings = (addresses) => sessionStorage.setItem(doneHere, JSON.stringify(addresses.slice(-50)));
  document.addEventListener("submit", ({ target, submitter }) => {
    const isUndo = Boolean(submitter?.matches("[data-undo]"));
    if (isUndo) keepDoings(doings().filter((address) => address !== target.getAttribute("action")));
    sessionStorage.setItem(lastWasUndo, isUndo ? "yes" : "");
  }, true);
  const noteDoings = () => {
    const isBack = sessionStorage.getItem(lastWasUndo) === "yes";
    all("#said [data-undo]:not([data-noted])").forEach((button) => {
      button.dataset.noted = "";
      if (!isBack) { keepDoings([...doings(), button.form.getAttribute("action")]); return; }
      button.removeAttribute("data-undo");
      button.removeAttribute("aria-keyshortcuts");
    });
  };
  const takeBack = () => {
    const address = doings().at(-1);
    if (!address) return;
    const form = find("#take-back").content.firstElementChild.cloneNode(true);
    form.setAttribute("action", address);
    find("#main").append(form);
    window.htmx.process(form);
    find("button", form).click();
  };

  /* What is said in answer to something done in place floats at an edge of the window, wherever one has scrolled to:
   * at the other edge where it would lie on what has the focus. It leaves by itself, but not while somebody is at it. */
  const staysFor = 20 * 1000;
  let silence;
  const floats = () => find("#said").matches(".is-floating");
  const liesOn = (element) => {
    const [said, below] = [find("#said"), element].map((one) => one.getBoundingClientRect());
    return said.top < below.bottom && below.top < said.bottom && said.left < below.right && below.left < said.right;
  };
  const giveWay = () => {
    const said = find("#said");
    const focus = document.activeElement;
    if (said.contains(focus)) return; /* it must not slip away from whoever presses its Undo */
    said.classList.remove("is-high");
    if (focus !== document.body && !focus.matches("#main")) said.classList.toggle("is-high", liesOn(focus));
  };
  const fallSilent = () => {
    find("#said").classList.remove("is-floating", "is-high");
    find("#said").replaceChildren();
  };
  const fallSilentLater = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (document.hidden || find("#said").matches(":hover, :focus-within")) fallSilentLater();
      else if (floats()) fallSilent();
    }, staysFor);
  };
  const float = () => {
    find("#said").classList.toggle("is-floating", Boolean(find("#said li")));
    fallSilentLater();
  };
  document.addEventListener("focusin", () => { if (floats()) giveWay(); });

  /* Dropping a file on any page */
  const drop = find("#drop");
  if (drop) {
    const veil = document.createElement("div");
    veil.className = "veil";
    veil.hidden = true;
    veil.textContent = "Let go, and Rapport reads it";
    document.body.append(veil);
    const bringsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    document.addEventListener("dragover", (event) => { if (bringsFiles(event)) { event.preventDefault(); veil.hidden = false; } });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) veil.hidden = true; });
    document.addEventListener("drop", (event) => {
      if (!bringsFiles(event) || event.target.matches("input[type=file]")) { veil.hidden = true; return; }
      event.preventDefault();
      veil.textContent = "Reading…";
      find("input[type=file]", drop).files = event.dataTransfer.files;
      drop.submit();
    });
  }

  /* A draft's live length */
  const count = (field) => {
    const length = document.getElementById(field.dataset.counted);
    const limit = Number(field.dataset.limit ?? 0);
    const used = field.value.length; /* UTF-16 code units, as the sites count */
    length.textContent = `${used}${limit ? ` of ${limit}` : ""} characters`;
    length.classList.toggle("is-over", limit > 0 && used > limit);
  };
  document.addEventListener("input", (event) => { if (event.target.dataset.counted) count(event.target); });

  const isPage = (event) => event.detail.target?.id === "main";

  /* Words being written. A tick takes along those of its step, as "I sent it" does */
  const WORDS = "#main textarea, #main .letter-form input[type=text]";
  const unsaved = () => all(WORDS).filter((field) => field.value !== field.defaultValue);
  const takesAlong = (form, field) => field.form === form
    || form.matches?.(":has(> [data-done])") && form.closest("[data-step]").contains(field);
  document.addEventListener("formdata", ({ target, formData }) => {
    all(WORDS).filter((field) => field.form !== target && field.name && takesAlong(target, field))
      .forEach((field) => {
        formData.set(field.name, field.value);
        const shown = field.form?.elements.namedItem("shown");
        if (shown) formData.set("shown", shown.value);
      });
  });
  /* Whoever leaves the page with words that are kept nowhere is asked first, unless they go with the form that is sent */
  let sent = null;
  window.addEventListener("submit", (event) => { sent = event.defaultPrevented ? null : event.target; });
  document.addEventListener("input", () => { sent = null; });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved().some((field) => field.form !== sent)) event.preventDefault();
  });
  document.addEventListener("htmx:beforeRequest", (event) => { /* the search, while one types in it */
    if (event.detail.requestConfig.verb === "get" && isPage(event) && unsaved().length) event.preventDefault();
  });

  /* Copying marks nothing as sent */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });

  /* Telling in this browser what became due, each thing once; off until it is put on in Settings */
  const asksEvery = 3 * 60 * 1000;
  const canTell = "Notification" in window && "localStorage" in window;
  const tells = () => canTell && Notification.permission === "granted" && localStorage.getItem("rapport-tells") === document.body.dataset.member;
  const told = () => JSON.parse(localStorage.getItem("rapport-told") ?? "[]");
  const tell = async (quietly) => {
    if (!tells()) return;
    const answer = await fetch("/due.json", { headers: { accept: "application/json" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const known = told(); /* read after waiting: another page may have told meanwhile */
    const fresh = (await answer.json()).due.filter((step) => !known.includes(step.key));
    if (!fresh.length) return;
    localStorage.setItem("rapport-told", JSON.stringify([...known, ...fresh.map((step) => step.key)].slice(-500)));
    if (quietly) return;
    fresh.slice(0, 3).forEach((step) => {
      const shown = new Notification(step.title, { tag: step.key, body: "It is due now.", silent: true });
      shown.onclick = () => { window.focus(); window.location.assign(step.url); shown.close(); };
    });
  };
  setInterval(() => { navigator.locks ? navigator.locks.request("rapport-tells", () => tell()) : tell(); }, asksEvery);
  const dressBrowser = () => {
    const part = find("[data-browser]");
    if (!part || !canTell) return;
    part.hidden = false;
    const refused = Notification.permission === "denied";
    find("[data-browser-on]", part).hidden = tells() || refused;
    find("[data-browser-off]", part).hidden = !tells();
    find("[data-browser-says]", part).textContent = refused ? "This browser does not let Rapport tell you anything. Its own settings for this site can allow it."
      : tells() ? "This browser tells you." : "";
  };
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-browser-on]") && await Notification.requestPermission() === "granted") {
      localStorage.setItem("rapport-tells", document.body.dataset.member);
      await tell(true); /* what is due already is on the page; only what becomes due from now on is told */
    } else if (event.target.closest("[data-browser-off]")) localStorage.removeItem("rapport-tells");
    dressBrowser();
  });

  /* What is folded away is a link to its own page, opened in place: fetched once, then shown and hidden */
  const folded = (link) => document.getElementById(link.dataset.opens);
  const fetchInto = (body, link) => {
    body.setAttribute("aria-busy", "true");
    return window.htmx.ajax("GET", link.getAttribute("href"), { source: link, target: body, swap: "innerHTML", select: "unset" })
      .catch(() => {}) /* why nothing came is said below */
      .finally(() => body.removeAttribute("aria-busy"));
  };
  const unfold = (link, isOpen) => {
    const body = folded(link);
    link.setAttribute("aria-expanded", String(isOpen));
    body.hidden = !isOpen;
    if (isOpen && !body.hasChildNodes()) fetchInto(body, link);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-opens]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    unfold(link, link.getAttribute("aria-expanded") !== "true");
  });

  /* What was asked for may not come: no network, a session that ended, a form too old, a row taken back elsewhere.
   * Then this page stays as it is, with the words being written in it, and says why nothing happened. */
  const NO_ANSWER = "Rapport did not answer. Try again in a moment.";
  const sayWhy = (sentences, link) => {
    const [list, item, says] = ["ul", "li", "span"].map((name) => document.createElement(name));
    const kept = unsaved().length ? "What you wrote is still here." : "";
    item.className = "error";
    says.textContent = [...sentences, kept].filter(Boolean).join(" ");
    item.append(says, ...link ? [link] : []);
    list.append(item);
    find("#said").replaceChildren(list);
    float();
    giveWay();
  };
  const signingIn = () => {
    const link = document.createElement("a");
    link.href = "/sign-in";
    link.target = "_blank";
    link.className = "nowrap";
    link.textContent = "Sign in";
    return link;
  };
  const isForUs = (text) => text.includes(` data-member="${document.body.dataset.member}"`);
  const sayWhatCame = (text) => {
    const answer = new DOMParser().parseFromString(text, "text/html");
    if (!isForUs(text) && answer.body.hasAttribute("hx-target")) { /* a page of ours, but for somebody else or nobody */
      sayWhy(["You are signed out here, so nothing was changed. Sign in in another window, come back and press again."], signingIn());
      return;
    }
    const fresh = find("input[name=csrfmiddlewaretoken]", answer)?.value; /* who signs in anew makes the older ones stale */
    if (fresh) all("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh; });
    const [title, lead] = [find("h1", answer), find("[data-in-place]", answer) ?? find(".lead", answer)];
    sayWhy([`${title?.textContent ?? "Something broke on our side"}.`, lead?.dataset.inPlace ?? lead?.textContent]);
  };
  document.addEventListener("htmx:sendError", (event) => {
    const link = event.detail.elt;
    if (!link.matches("a[data-opens]")) { if (isPage(event)) sayWhy([NO_ANSWER]); return; }
    if (!folded(link).hasChildNodes()) unfold(link, false);
    sayWhy([NO_ANSWER]);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const link = event.detail.elt;
    if (link.matches("a[data-opens]")) window.location.assign(link.href);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isPage(event)) return;
    const { xhr, pathInfo, isError } = event.detail;
    const isElsewhere = new URL(xhr.responseURL).pathname !== new URL(pathInfo.requestPath, window.location).pathname;
    /* an error where it leads back to: it was done, and the page one was on is gone */
    event.detail.shouldSwap = isForUs(xhr.response) && (!isError || isElsewhere);
    if (!event.detail.shouldSwap) sayWhatCame(xhr.response);
  });

  /* Pages as they come, and as htmx swaps them: what was open stays open, and everything stays where it was */
  const open = new Set();
  const bodies = new Map();
  let focused = "";
  let stood = null;
  let top = 0;
  const written = new Map(); /* unsaved words, by the field's id */
  const putBack = (place) => written.forEach(({ words }, id) => {
    const field = document.getElementById(id);
    if (!field || !place.contains(field) || field.readOnly || field.value !== field.defaultValue) return;
    field.value = words;
    if (field.dataset.counted) count(field);
  });
  const dress = () => {
    all("[data-copies]").forEach((button) => { button.hidden = !navigator.clipboard; });
    dressBrowser();
    noteDoings();
    all("a[data-opens]:not([aria-expanded])").forEach((link) => {
      link.setAttribute("aria-expanded", "false");
      link.setAttribute("aria-controls", link.dataset.opens);
    });
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!isPage(event) || !event.detail.shouldSwap) return;
    const focus = document.activeElement;
    focused = focus.closest("[data-step]")?.id ?? focus.closest("section[id]")?.id ?? "";
    stood = find("#main").contains(focus) ? focus.getBoundingClientRect() : null;
    top = find("#main").getBoundingClientRect().top;
    const { elt } = event.detail.requestConfig;
    written.clear();
    unsaved().forEach((field) => written.set(field.id, { words: field.value, isSent: takesAlong(elt, field) }));
    open.clear();
    bodies.clear();
    all("details[open][id]").forEach((more) => open.add(more.id));
    all("a[data-opens][aria-expanded=true]").forEach((link) => {
      const body = folded(link);
      const isAsking = body.contains(elt); /* htmx still needs the form that was sent where it stands */
      const nodes = isAsking ? [...body.cloneNode(true).childNodes] : [...body.childNodes];
      const isKept = !isAsking && unsaved().some((field) => body.contains(field) && !takesAlong(elt, field));
      bodies.set(body.id, { nodes, isKept });
      if (!isAsking) body.replaceChildren();
    });
  });
  /* An open body stands as it was while it is fetched anew, so that nothing jumps; unsaved words in it stay */
  const unfoldAgain = ({ nodes, isKept }, id) => {
    const link = find(`a[data-opens="${id}"]`);
    if (!link) return;
    const body = folded(link);
    body.append(...nodes);
    unfold(link, true);
    if (!isKept) fetchInto(body, link).finally(() => putBack(body));
  };
  /* The focus stays where it was. What it was on may be gone, and then it is on what stands there now, but on no
   * button: a key that is pressed twice, or held, must not answer the next question, too. */
  const nearest = (place) => {
    const gap = (begins, ends, at) => Math.max(begins - at, at - ends, 0);
    const far = (one) => {
      const now = one.getBoundingClientRect();
      return Math.hypot(gap(now.left, now.right, stood.left), gap(now.top, now.bottom, stood.top));
    };
    const isFetched = (one) => [...bodies.keys()].some((id) => document.getElementById(id)?.contains(one));
    const shown = stood ? all("a[href], summary, fieldset", place).filter((one) => one.checkVisibility() && !isFetched(one)) : [];
    return shown.map((one) => [far(one), one]).sort(([one], [other]) => one - other)[0]?.[1];
  };
  const focusAgain = () => {
    if (document.activeElement !== document.body) return;
    const place = (focused && document.getElementById(focused)) || find("#main");
    if (place.matches("[data-step]")) markHere(place);
    const next = nearest(place) ?? place;
    if (next.matches("fieldset, section")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
  document.addEventListener("htmx:afterSwap", (event) => {
    dress();
    if (!isPage(event) || event.target.id !== "main") return;
    float();
    open.forEach((id) => { const more = document.getElementById(id); if (more) more.open = true; });
    bodies.forEach(unfoldAgain);
    const isRefused = Boolean(find("#said .error"));
    written.forEach(({ isSent }, id) => { if (isSent && !isRefused) written.delete(id); });
    putBack(find("#main"));
    window.scrollBy({ top: find("#main").getBoundingClientRect().top - top, behavior: "instant" });
    focusAgain();
    giveWay();
  });
  dress();
  find("[autofocus]")?.scrollIntoView({ block: "nearest" }); /* a browser minds neither what is said below a field nor the bar */
  const target = window.location.hash && document.getElementById(window.location.hash.slice(1));
  const asked = target && target.matches("[data-step]") && find("a[data-opens]", target);
  if (asked) document.addEventListener("DOMContentLoaded", () => unfold(asked, true));
})();
