/* Who else has this document open: asked each twenty seconds, told once. */
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("[data-presence]");
  if (!place) return;

  const PULSE = 20000; /* ms between two signs that this page is open */
  const { presence: address } = place.dataset;
  const here = document.querySelector("form[data-write]").dataset.url;

  function sign(more = {}) {
    const data = new FormData();
    Object.entries({ here, csrfmiddlewaretoken: klk.token(), ...more }).forEach(([name, value]) => data.set(name, value));
    return data;
  }

  async function ask() {
    const answer = await fetch(address, { method: "POST", body: sign(), redirect: "manual" }).catch(() => null);
    if (answer?.ok) klk.show(place, await answer.text());
    if (answer?.status === 404) stop(); /* no longer for this person to write */
  }

  function stop() {
    clearInterval(pulse);
    klk.show(place, "");
  }

  const pulse = setInterval(ask, PULSE);
  ask();
  window.addEventListener("pagehide", () => navigator.sendBeacon(address, sign({ gone: "" })));
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
});
