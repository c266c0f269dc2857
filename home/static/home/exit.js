// "Seite verlassen": without this script a plain link. With it the page is blank at once, its
// history entry is replaced, and Shift three times within five seconds does the same.
(() => {
  "use strict";

  const PRESSES = 3;
  const WITHIN = 5000;
  const link = document.querySelector("a[data-exit]");
  const status = document.querySelector("[data-exit-status]");
  const dots = document.querySelector("[data-exit-dots]");
  if (!link) return;

  let presses = 0;
  let timer = 0;
  let alone = true; // Shift was not held to type or to reach another key

  const tell = (step) => {
    if (status) status.textContent = status.dataset[step] || "";
    if (dots) dots.dataset.step = step;
  };

  const leave = () => {
    tell(PRESSES);
    document.documentElement.classList.add("is-leaving");
    document.title = "…";
    window.location.replace(link.href);
  };

  const startOver = (step) => {
    window.clearTimeout(timer);
    const had = presses > 0;
    presses = 0;
    if (had) tell(step);
  };

  const isTyping = (target) =>
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable]:not([contenteditable='false'])");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Shift") {
      if (!event.repeat) alone = true;
      return;
    }
    alone = false;
    startOver(0);
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone || isTyping(event.target)) return;
    presses += 1;
    if (presses === 1) timer = window.setTimeout(startOver, WITHIN, 0);
    if (presses < PRESSES) tell(presses);
    else leave();
  });

  document.addEventListener("click", (event) => {
    const chosen = event.target instanceof Element && event.target.closest("a[data-exit]");
    if (!chosen || event.button !== 0) return;
    event.preventDefault();
    leave();
  });
})();
