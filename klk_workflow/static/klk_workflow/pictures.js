/* The picture of a picture block: chosen among those of the document, or uploaded. */
(() => {
  const page = () => JSON.parse(document.getElementById("klk-pictures")?.textContent || "null");
  let known = null;

  function make(tag, attributes = {}, ...children) {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  }

  class Picture {
    constructor(words, placeholder, name, id) {
      known ??= page() || { upload: "", pictures: [] };
      this.words = words;
      this.idForLabel = id;
      this.input = make("input", { type: "hidden", name });
      this.image = make("img", { alt: "", hidden: true });
      this.select = make("select", { id });
      this.file = make("input", { type: "file", accept: "image/png,image/jpeg,image/webp", id: `${id}-datei` });
      this.news = make("p", { className: "klk-error", hidden: true });
      this.news.setAttribute("role", "alert");
      this.select.setAttribute("aria-label", words.choose);
      placeholder.replaceWith(make("div", { className: "klk-picture" },
        this.input, this.image, this.select,
        make("label", { className: "klk-picture__upload", htmlFor: this.file.id }, words.upload), this.file, this.news));
      this.select.addEventListener("focus", () => this.list());
      this.select.addEventListener("change", () => this.setState(this.select.value));
      this.file.addEventListener("change", () => this.upload());
    }

    list() {
      const current = this.input.value;
      this.select.replaceChildren(make("option", { value: "", textContent: this.words.none }),
        ...known.pictures.map((p) => make("option", { value: p.sha256, textContent: p.name })));
      this.select.value = current;
    }

    async upload() {
      const file = this.file.files[0];
      if (!file) return;
      this.say(this.words.uploading);
      const data = new FormData();
      data.append("file", file);
      try {
        const answer = await fetch(known.upload, { method: "POST", body: data, redirect: "manual", headers: { "X-CSRFToken": klk.token() } });
        const found = await answer.json();
        if (!answer.ok) return this.say(found.error, true);
        if (!known.pictures.some((p) => p.sha256 === found.sha256)) known.pictures.push(found);
        this.setState(found.sha256);
        this.say("");
      } catch {
        this.say(this.words.failed, true);
      } finally {
        this.file.value = "";
      }
    }

    say(text, isError = false) {
      this.news.hidden = !text;
      this.news.textContent = text;
      this.news.classList.toggle("klk-error", isError);
    }

    getState() { return this.input.value; }

    getValue() { return this.input.value; }

    setState(digest) {
      this.input.value = digest || "";
      const found = known.pictures.find((p) => p.sha256 === digest);
      this.image.hidden = !found;
      if (found) this.image.src = found.url;
      this.list();
    }

    setInvalid(isInvalid) {
      this.select.toggleAttribute("aria-invalid", isInvalid);
    }

    focus() { this.select.focus(); }
  }

  window.telepath.register("klk.PictureInput", class {
    constructor(words) { this.words = words; }

    render(placeholder, name, id, state) {
      const picture = new Picture(this.words, placeholder, name, id);
      picture.setState(state);
      return picture;
    }
  });
})();
