// The map: a ring around what is pointed at or focused, and the picture saved as PNG.
(() => {
  const ring = document.querySelector(".map-ring");
  const sheet = document.querySelector(".map-sheet");  // a drawing that listened for focus would take focus itself
  const around = (event) => {
    const area = event.type === "focusout" ? null : event.target.closest(".map-area, .map-still");
    if (ring) ring.setAttribute("d", area ? area.querySelector("path").getAttribute("d") : "");
  };
  for (const kind of ["focusin", "focusout", "mouseover", "mouseleave"]) sheet?.addEventListener(kind, around);

  const loaded = (source) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = source;
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-map-png]");
    if (!button) return;
    const text = await (await fetch(button.dataset.mapPng)).text();
    const image = await loaded(URL.createObjectURL(new Blob([text], { type: "image/svg+xml" })));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext("2d").drawImage(image, 0, 0);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((png) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(png);
      link.download = button.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }, "image/png");
  });
})();
