/* Who signs out leaves no text on this device. */
document.addEventListener("submit", (event) => {
  if (!/\/(logout|abmelden)\/?$/.test(event.target.getAttribute("action") || "")) return;
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("klk-text:")).forEach((key) => localStorage.removeItem(key));
  } catch { /* nothing can lie there */ }
}, true);
