// Small behaviour shared by every page. Each block is one habit of the product.
(() => {
  // Ctrl+K (or /) goes to the search box.
  document.addEventListener("keydown", (event) => {
    const box = document.getElementById("search-all");
    if (!box) return;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if ((event.ctrlKey && event.key.toLowerCase() === "k") || (event.key === "/" && !typing)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  // The rail folds, and stays folded.
  const fold = (on) => document.body.classList.toggle("rail-folded", on);
  fold(localStorage.getItem("rail-folded") === "1");
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-fold-rail]");
    if (!toggle) return;
    const on = !document.body.classList.contains("rail-folded");
    fold(on);
    localStorage.setItem("rail-folded", on ? "1" : "0");
  });

  // A row opens its card; links and text selection inside keep working.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label") || String(getSelection())) return;
    location.href = row.dataset.href;
  });

  // A filter changes the list as soon as it is chosen.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.tagName === "SELECT") form.requestSubmit();
  });
  // Empty filters stay out of the address bar, so that a view can be sent to a colleague.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-auto-submit], form[data-clean-query]")) return;
    for (const control of event.target.elements) if (control.name && !control.value) control.disabled = true;
    setTimeout(() => { for (const control of event.target.elements) control.disabled = false; }, 500);
  });

  // A chosen file is named in its box.
  document.addEventListener("change", (event) => {
    const shown = event.target.closest(".file-pick")?.querySelector("[data-file-name]");
    if (shown && event.target.files.length) shown.textContent = [...event.target.files].map((file) => file.name).join(", ");
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // What a person typed is not lost when they leave by accident.
  let dirty = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]")) dirty = true; });
  document.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  // What folds is open on a desk and folded on a phone.
  if (matchMedia("(max-width: 48rem)").matches) document.querySelectorAll("details[data-closed-on-phone]").forEach((one) => { one.open = false; });

  document.querySelectorAll('[data-bs-toggle="popover"]').forEach((mark) => new bootstrap.Popover(mark));
  document.querySelector("[data-focus-first]")?.focus();
})();
