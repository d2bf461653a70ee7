// A day reads 15/10/2025 for everybody. The browser's own date box follows the browser's language, not the page's,
// so a text box stands before it: what is typed there goes into the date box, which is what the form sends.
(() => {
  const words = document.body.dataset;
  const shown = (iso) => iso.split("-").reverse().join("/");
  const read = (text) => {
    const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
    return parts ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}` : text.trim();
  };

  const dress = (picker) => {
    const box = document.createElement("input");
    box.type = "text";
    box.inputMode = "numeric";
    box.autocomplete = "off";
    box.placeholder = words.dayHint;
    box.className = picker.className;
    box.value = shown(picker.value);
    for (const name of ["id", "aria-describedby", "required"]) {
      if (picker.hasAttribute(name)) box.setAttribute(name, picker.getAttribute(name));
      picker.removeAttribute(name);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", words.dayPick);
    button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${words.sprite}#calendar3"/></svg>`;
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    picker.dataset.dressed = "";
    const around = document.createElement("span");
    around.className = "day-box";
    picker.replaceWith(around);
    around.append(box, button, picker);

    box.addEventListener("input", () => {
      picker.value = read(box.value);
      box.setCustomValidity(box.value.trim() && !picker.value ? words.dayError : "");
    });
    box.addEventListener("blur", () => { if (picker.value) box.value = shown(picker.value); });
    picker.addEventListener("change", () => {
      box.value = shown(picker.value);
      box.setCustomValidity("");
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
    button.addEventListener("click", () => picker.showPicker());
  };
  const dressAll = (root) => root.querySelectorAll('input[type="date"]:not([data-dressed])').forEach(dress);

  dressAll(document);
  // What comes into the page later is dressed before anybody can touch it.
  new MutationObserver(() => dressAll(document)).observe(document.body, { childList: true, subtree: true });

  // A day that cannot be read must not be sent as no day.
  document.addEventListener("submit", (event) => {
    const wrong = [...event.target.querySelectorAll(".day-box > input[type=text]")].find((box) => !box.checkValidity());
    if (!wrong || !wrong.validity.customError) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong.reportValidity();
  }, true);
})();
