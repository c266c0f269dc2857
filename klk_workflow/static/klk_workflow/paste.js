/* The text of a section: how many words it has, and text out of Word. */

/* Who comes twice a year finds the tools above the text; who wants them away can unpin them. */
try {
  const key = "wagtail:draftail-toolbar";
  if (!localStorage.getItem(key)) localStorage.setItem(key, "sticky");
} catch { /* forbidden */ }

document.addEventListener("DOMContentLoaded", () => {
  const body = document.querySelector("[data-write-body]");
  const tools = document.querySelector("[data-word]");
  if (!body || !tools) return;
  tools.hidden = false;

  const { words } = klk;
  const counter = document.querySelector("[data-write-count]");
  const news = tools.querySelector("[data-word-news]");
  const stream = () => document.getElementById("body-root")?.rootBlock;

  /* --- words, counted as the server counts them ------------------------------------------------ */

  function texts(child) {
    const value = child.block.getValue();
    if (child.type === "text") return JSON.parse(value || "null")?.blocks?.map((b) => b.text) || [];
    if (child.type === "tabelle") return (value?.data || []).flat();
    if (child.type === "fussnoten") return child.block.children.map((note) => note.block.getValue());
    return [value?.alt, value?.unterschrift];
  }

  function count() {
    const children = stream()?.children || [];
    const all = children.flatMap(texts).filter(Boolean).join(" ").trim();
    const n = all ? all.split(/\s+/).length : 0;
    const max = Number(counter.dataset.max) || 0;
    counter.textContent = klk.fill(max ? words.words_of : words.words, { n, max });
    counter.classList.toggle("is-over", max > 0 && n > max);
  }
  /* Draft.js and the tables give their fields no name. */
  function nameFields() {
    document.querySelectorAll("[data-write-body] [role=textbox]:not([aria-label]), textarea.handsontableInput:not([aria-label]), textarea.copyPaste:not([aria-label])")
      .forEach((field) => field.setAttribute("aria-label", body.getAttribute("aria-label")));
  }

  document.addEventListener("klk:changed", () => {
    nameFields();
    try { count(); } catch { /* the editor is not ready */ }
  });

  /* --- blocks into the editor -------------------------------------------------------------------- */

  const notesBlock = () => stream().children.find((child) => child.type === "fussnoten");
  const notesBefore = () => notesBlock()?.block.children.length || 0;

  function isBlank(child) {
    return child?.type === "text" && !texts(child).join("").trim();
  }

  function insert(blocks, after) {
    klk.flush();
    const root = stream();
    let place = after + 1;
    for (const block of blocks) {
      const notes = block.type === "fussnoten" ? notesBlock() : null;
      if (notes) block.value.forEach((note) => notes.block.insert(note.value, notes.block.children.length));
      else if (block.type === "fussnoten") root.insert({ ...block, id: crypto.randomUUID?.() }, root.children.length);
      else root.insert({ ...block, id: crypto.randomUUID?.() }, place++);
    }
    if (after >= 0 && blocks.length && isBlank(root.children[after])) root.deleteBlock(after);
  }

  function say(...lines) {
    news.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { className: "klk-small", textContent: line })));
  }

  async function send(data, after) {
    klk.flush();
    data.append("notes", notesBefore());
    say(words.reading);
    const answer = await fetch(tools.dataset.word, { method: "POST", body: data, redirect: "manual", headers: { "X-CSRFToken": klk.token() } });
    const found = await answer.json();
    if (!answer.ok) return say(found.error);
    insert(found.blocks, after);
    say(words.pasted, ...(found.left_out.length ? [klk.fill(words.left_out, { what: found.left_out.join(", ") })] : []));
  }

  /* --- pasting ------------------------------------------------------------------------------------- */

  const comesFromWord = (html) => /<table|class="?Mso|mso-|urn:schemas-microsoft-com|sdfootnote/i.test(html);
  const isMoreThanAFewWords = (html) => /<table|mso-list|<h[1-6][\s>]|<li[\s>]|_ftn|sdfootnote|<img/i.test(html) || (html.match(/<p[\s>]/gi) || []).length > 1;

  function plainBlocks(text) {
    const blocks = text.split(/\r?\n/).filter((line) => line.trim()).map((line) => ({
      key: Math.random().toString(36).slice(2, 7), text: line, type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [], data: {},
    }));
    return [{ type: "text", value: JSON.stringify({ blocks, entityMap: {} }) }];
  }

  body.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") || "";
    if (!event.target.closest?.(".public-DraftEditor-content") || !comesFromWord(html) || !isMoreThanAFewWords(html)) return;
    const after = stream().children.findIndex((child) => child.element.contains(event.target));
    if (after < 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const plain = event.clipboardData.getData("text/plain");
    const data = new FormData();
    data.append("html", html);
    send(data, after).catch(() => {
      insert(plainBlocks(plain), after);
      say(words.paste_failed);
    });
  }, true);

  tools.querySelector("[data-word-file]").addEventListener("change", (event) => {
    const file = event.target.files[0];
    if (!file) return;
    const data = new FormData();
    data.append("file", file);
    event.target.value = "";
    send(data, stream().children.length - 1).catch(() => say(words.word_failed));
  });
});
