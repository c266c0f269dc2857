/* Writing without losing a word: saves by itself, keeps the text here when it cannot. */
window.klk = {
  words: JSON.parse(document.getElementById("klk-words")?.textContent || "{}"),

  /* The token as it is now: signing in again in another window changes it. */
  token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  },

  /* The editors write their fields a quarter of a second late; this does it now. */
  flush() {
    document.querySelectorAll("form[data-write] input[type=hidden]").forEach((field) => field.draftailEditor?.saveState());
  },

  /* Only what is another is set anew: the rest would be read aloud again. */
  show(place, html) {
    const fresh = place.cloneNode();
    fresh.innerHTML = html;
    if (!fresh.isEqualNode(place)) place.innerHTML = html;
  },

  fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  },
};

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-write]");
  if (!form) return;

  const PAUSE = 3000; /* ms without a change before saving */
  const LONGEST = 20000; /* ms of typing without a pause before saving */
  const RETRY = 5000; /* ms between attempts without a connection */
  const SETTLE = 50; /* ms until a word that is being composed stands in the editor */
  const { words } = klk;
  const status = document.querySelector("[data-write-status]");
  const news = document.querySelector("[data-write-news]");
  const banners = document.querySelector("[data-write-banners]");
  const conflictPlace = form.querySelector("[data-write-conflict]");
  const version = form.elements.seen_version;
  const storeKey = `klk-text:${form.dataset.user}:${form.dataset.url}`;
  const savesItself = "autosave" in form.dataset && !form.elements.key;
  const language = document.documentElement.lang || "de";
  const ago = new Intl.RelativeTimeFormat(language, { numeric: "always" });

  let saved; /* the fields as they are stored, as one string */
  let current; /* the fields as they were seen last */
  let changedSince = 0;
  let changedAt = 0;
  let savedAt = 0;
  let isSaving = false;
  let pressedMeanwhile = null; /* a button pressed while something is being saved */
  let isClosed = "closed" in form.dataset; /* only a pressed button saves from here on */
  let isLeaving = false;
  let retryAt = 0;

  /* --- what is in the form ------------------------------------------------------------------ */

  function entries() {
    return [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && !["csrfmiddlewaretoken", "seen_version"].includes(name));
  }

  /* Draft.js names its paragraphs anew on each start; that is no change. */
  function snapshot() {
    return JSON.stringify(entries()).replace(/\\"key\\":\\"\w+\\"/g, "");
  }

  const isUnsaved = () => snapshot() !== saved || form.querySelector("input[type=file][name]")?.files.length > 0;

  /* --- the copy on this device: only while something is unsaved ------------------------------- */

  function keepHere() {
    const copy = { at: Date.now(), version: version.value, entries: entries() };
    try { localStorage.setItem(storeKey, JSON.stringify(copy)); } catch { /* full or forbidden */ }
  }

  function forgetHere() {
    try { localStorage.removeItem(storeKey); } catch { /* forbidden */ }
  }

  function offerRescue() {
    let copy = null;
    try { copy = JSON.parse(localStorage.getItem(storeKey)); } catch { /* forbidden or broken */ }
    if (!copy || "unsaved" in form.dataset) return;
    const look = button(words.rescue, () => sendCopy(copy));
    const discard = button(words.discard, () => { forgetHere(); banner("rescue", null); });
    banner("rescue", [words.rescued], [look, discard]);
  }

  /* The copy goes through the server's form, which shows it unsaved. */
  function sendCopy(copy) {
    const carrier = Object.assign(document.createElement("form"), { method: "post", action: form.dataset.url });
    const fields = [...copy.entries, ["seen_version", copy.version], ["action", "zeigen"], ["csrfmiddlewaretoken", klk.token()]];
    for (const [name, value] of fields) {
      carrier.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(carrier);
    isLeaving = true;
    carrier.submit();
  }

  /* --- what the page says ------------------------------------------------------------------- */

  function button(text, action) {
    const element = Object.assign(document.createElement("button"), { type: "button", className: "klk-btn klk-btn--ghost klk-btn--small", textContent: text });
    element.addEventListener("click", action);
    return element;
  }

  function banner(name, lines, controls = []) {
    banners.querySelector(`[data-banner=${name}]`)?.remove();
    if (!lines) return;
    const box = document.createElement("div");
    box.className = "klk-box klk-box--warn";
    box.dataset.banner = name;
    box.setAttribute("role", "alert");
    lines.forEach((line, n) => {
      const text = document.createElement("p");
      text.append(n ? line : Object.assign(document.createElement("b"), { textContent: line }));
      box.append(text);
    });
    if (controls.length) {
      const row = Object.assign(document.createElement("p"), { className: "klk-banner__do" });
      row.append(...controls);
      box.append(row);
    }
    banners.append(box);
  }

  /* Read aloud once for each kind of news, not at each save. */
  let lastNews = "";
  function announce(kind, text) {
    if (kind !== lastNews) news.textContent = text;
    lastNews = kind;
  }

  function showStatus() {
    if (isSaving) return;
    let text = "";
    if (isUnsaved()) text = savedAt || changedAt ? words.unsaved : "";
    else if (savedAt) text = savedWords();
    if (text) status.textContent = ` · ${text}`;
  }

  function savedWords() {
    const seconds = Math.round((Date.now() - savedAt) / 1000);
    return seconds < 2 ? words.saved_now : klk.fill(words.saved, { time: since(seconds) });
  }

  function since(seconds) {
    if (seconds < 60) return ago.format(-seconds, "second");
    if (seconds < 3600) return ago.format(-Math.round(seconds / 60), "minute");
    return ago.format(-Math.round(seconds / 3600), "hour");
  }

  /* --- saving --------------------------------------------------------------------------------- */

  async function save(action = "", extra = {}) {
    if (isSaving) {
      if (action || extra.over) pressedMeanwhile = () => save(action, extra);
      return;
    }
    isSaving = true;
    klk.flush();
    const sent = snapshot();
    const data = new FormData(form);
    data.set("csrfmiddlewaretoken", klk.token());
    data.set("action", action);
    Object.entries(extra).forEach(([name, value]) => data.set(name, value));
    if (action) status.textContent = ` · ${words.saving}`;
    try {
      const answer = await fetch(form.dataset.url, {
        method: "POST", body: data, redirect: "manual", headers: { Accept: "application/json" },
      });
      isSaving = false;
      await hear(answer, sent, action);
    } catch {
      isSaving = false;
      cannotReach();
    }
    showStatus();
    const again = pressedMeanwhile;
    pressedMeanwhile = null;
    if (!isLeaving) again?.();
  }

  async function hear(answer, sent, action) {
    if (answer.type === "opaqueredirect") return mustSignIn();
    if (answer.status === 413) return failed(words.too_large);
    if (!(answer.headers.get("Content-Type") || "").includes("json")) return failed(words.gone);
    const said = await answer.json();
    ["offline", "login", "failed"].forEach((name) => banner(name, null));
    retryAt = 0;
    if (said.status === "saved") return wasSaved(said, sent);
    keepHere();
    if (said.status === "conflict") return showBoth(said.html);
    if (said.status === "refused") return refuse(said.message);
    if (action) return sendPlainly(action);
    retryAt = Infinity; /* the next change tries again */
    status.textContent = ` · ${klk.fill(words.invalid, { fields: said.errors.join(" · ") })}`;
    announce("invalid", status.textContent);
  }

  function wasSaved(said, sent) {
    version.value = said.version;
    saved = sent;
    savedAt = Date.now();
    isClosed = false;
    conflictPlace.replaceChildren();
    forgetFaults();
    const isComplete = snapshot() === sent;
    if (isComplete) forgetHere(); else keepHere();
    if (said.next) {
      isLeaving = true;
      window.location.assign(said.next);
      return;
    }
    for (const [name, html] of Object.entries(said.fragments)) {
      const place = document.querySelector(`[data-fragment=${name}]`);
      if (place && !place.contains(document.activeElement)) klk.show(place, html);
    }
    showStatus();
    announce("saved", words.saved_now);
  }

  /* What was wrong before is stored right now. */
  function forgetFaults() {
    document.querySelectorAll("[data-write-fault]").forEach((fault) => fault.remove());
    form.querySelectorAll(".klk-field--error").forEach((field) => field.classList.remove("klk-field--error"));
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  }

  /* Errors at the fields are the server's work: the same form, sent as a page. */
  function sendPlainly(action) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "action", value: action });
    form.append(field);
    form.elements.csrfmiddlewaretoken.value = klk.token();
    isLeaving = true;
    form.submit();
  }

  function showBoth(html) {
    isClosed = true;
    conflictPlace.innerHTML = html;
    /* Shown and read aloud, but whoever is typing stays where the text goes. */
    conflictPlace.scrollIntoView({ block: "nearest" });
    status.textContent = ` · ${words.unsaved}`;
  }

  function refuse(message) {
    isClosed = true;
    banner("failed", [message, words.gone], [copyButton()]);
    announce("failed", message);
  }

  function copyButton() {
    return button(words.copy, async (event) => {
      const text = [...form.querySelectorAll("[contenteditable=true], textarea, input[type=text]")]
        .map((field) => field.innerText || field.value || "").filter(Boolean).join("\n\n");
      await navigator.clipboard.writeText(text);
      event.target.textContent = words.copied;
    });
  }

  function cannotReach() {
    keepHere();
    retryAt = Date.now() + RETRY;
    if (!banners.querySelector("[data-banner=offline]")) banner("offline", [words.offline, words.offline_more], [copyButton()]);
    announce("offline", words.offline);
  }

  function mustSignIn() {
    keepHere();
    retryAt = Date.now() + RETRY;
    if (banners.querySelector("[data-banner=login]")) return;
    const link = Object.assign(document.createElement("a"), { href: form.dataset.login, target: "_blank", rel: "noopener", textContent: words.login_link, className: "klk-btn klk-btn--small" });
    banner("login", [words.login, words.login_more], [link]);
    announce("login", words.login);
  }

  function failed(message) {
    keepHere();
    retryAt = Date.now() + 4 * RETRY;
    banner("failed", [message], [copyButton()]);
    announce("failed", message);
  }

  /* --- watching -------------------------------------------------------------------------------- */

  function watch() {
    const now = snapshot();
    if (now !== current) {
      current = now;
      changedAt = Date.now();
      changedSince ||= changedAt;
      if (retryAt === Infinity) retryAt = 0;
      if (now !== saved) keepHere();
      document.dispatchEvent(new CustomEvent("klk:changed"));
    }
    if (now === saved) changedSince = 0;
    const isDue = Date.now() - changedAt > PAUSE || (changedSince && Date.now() - changedSince > LONGEST);
    const isWaiting = retryAt > Date.now();
    if (savesItself && now !== saved && isDue && !isWaiting && !isClosed && !isSaving) {
      changedSince = 0;
      save();
    }
    showStatus();
  }

  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    event.preventDefault();
    const isOver = pressed?.name === "over";
    const [action, extra] = isOver ? ["", { over: pressed.value }] : [pressed?.value || "speichern", {}];
    setTimeout(() => save(action, extra), SETTLE);
  });

  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-write-theirs]")) return;
    forgetHere();
    isLeaving = true;
  });

  window.addEventListener("online", () => { retryAt = 0; watch(); });

  window.addEventListener("beforeunload", (event) => {
    klk.flush();
    if (!isLeaving && isUnsaved()) event.preventDefault();
  });

  /* --- small things ------------------------------------------------------------------------------ */

  const outline = document.querySelector("[data-write-outline]");
  if (outline && window.matchMedia("(max-width: 56rem)").matches) outline.open = false;
  const here = outline?.querySelector("[aria-current]");
  const list = here?.closest("nav");
  if (list) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;

  /* An answer leaves the page where it is; without a connection the plain form goes its way. */
  document.querySelectorAll("form[data-remark]").forEach((remark) => remark.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData(remark, event.submitter);
    data.set("csrfmiddlewaretoken", klk.token());
    const answer = await fetch(remark.action, { method: "POST", body: data }).catch(() => null);
    if (!answer?.ok || !answer.redirected) return announce("remark", words.gone);
    remark.replaceWith(Object.assign(document.createElement("p"), { role: "status", textContent: remark.dataset.done }));
    return announce("remark", remark.dataset.done);
  }));

  document.querySelectorAll("[data-articles]").forEach((list) => {
    list.classList.add("is-short");
    const more = button(words.add_article, () => {
      const isShort = list.classList.toggle("is-short");
      more.textContent = isShort ? words.add_article : words.fewer_articles;
      more.setAttribute("aria-expanded", String(!isShort));
    });
    more.classList.add("klk-article__more");
    more.setAttribute("aria-expanded", "false");
    list.after(more);
    list.addEventListener("change", (event) => {
      if (list.classList.contains("is-short") && !event.target.checked) more.focus();
    });
  });

  /* The editor fills its fields when it starts; what it holds then is what is stored. */
  function begin() {
    klk.flush();
    current = snapshot();
    saved = "unsaved" in form.dataset ? "" : current;
    offerRescue();
    setInterval(watch, 500);
    document.dispatchEvent(new CustomEvent("klk:changed"));
  }
  window.addEventListener("load", () => setTimeout(begin, 300));
});
