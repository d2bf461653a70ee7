// The map: a ring around what is pointed at or focused, and the picture saved as PNG.
(() => {
  const ring = document.querySelector(".map-ring");
  const sheet = document.querySelector(".map-sheet");  // a drawing that listened for focus would take focus itself
  const around = (event) => {
    const area = event.type === "focusout" ? null : event.target.closest(".map-area, .map-still");
    if (ring) ring.setAttribute("d", area ? area.querySelector("path").getAttribute("d") : "");
  };
  for (const kind of ["focusin", "focusout", "mouseover", "mouseleave"]) sheet?.addEventListener(kind, around);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-map-png]");
    if (button) savePng(await (await fetch(button.dataset.mapPng)).text(), button.dataset.name);
  });
})();
