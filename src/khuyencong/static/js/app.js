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
    if (!row || event.target.closest("a, button, input, label, details") || String(getSelection())) return;
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

  // A link is copied to be sent on by hand; where the clipboard is closed, it is shown to be copied.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.querySelector("span").textContent = button.dataset.copied;
    } catch {
      window.prompt("", button.dataset.copy);
    }
  });

  // One box checks all the others of its form.
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-all]")) return;
    event.target.form.querySelectorAll("input[type=checkbox]").forEach((box) => { box.checked = event.target.checked; });
  });

  // What cannot be taken back is asked once more.
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  // A chosen file is named in its box.
  document.addEventListener("change", (event) => {
    const shown = event.target.closest(".file-pick")?.querySelector("[data-file-name]");
    if (shown && event.target.files.length) shown.textContent = [...event.target.files].map((file) => file.name).join(", ");
  });

  // Money gets its dots while one types, and the caret stays behind the digit it was behind.
  // Who types a dot or comma writes in their own way (1,5 and a word), and is left to it.
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-money]")) return;
    if (!box.value) delete box.dataset.free;
    if (/[.,]/.test(event.data ?? "")) box.dataset.free = "";
    if ("free" in box.dataset || !/^[\d.,\s\u00a0]*$/.test(box.value)) return;
    const digits = box.value.replace(/\D/g, "");
    const before = box.value.slice(0, box.selectionStart).replace(/\D/g, "").length;
    const mark = document.documentElement.lang === "en" ? "," : ".";
    box.value = digits.replace(/\B(?=(\d{3})+$)/g, mark);
    let at = 0;
    for (let seen = 0; seen < before && at < box.value.length; at++) if (/\d/.test(box.value[at])) seen++;
    box.setSelectionRange(at, at);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // What a person typed is not lost when they leave by accident; drafts.js sees to the forms that keep drafts.
  let dirty = false;
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-guard]:not([data-draft-key])")) dirty = true; });
  document.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

  // On a phone the filters wait behind a button, so that the list is seen first.
  document.querySelectorAll("[data-more-filters]").forEach((button) => {
    const fold = (on) => { button.form.classList.toggle("folded", on); button.setAttribute("aria-expanded", String(!on)); };
    fold(true);
    button.addEventListener("click", () => fold(!button.form.classList.contains("folded")));
  });

  // What folds is open on a desk and folded on a phone.
  if (matchMedia("(max-width: 48rem)").matches) document.querySelectorAll("details[data-closed-on-phone]").forEach((one) => { one.open = false; });

  // On a phone each row of a table is a card whose facts bear the heads of their columns (lists bring theirs along).
  // Tables of figures, which are read across, stay tables.
  const label = (within) => within.querySelectorAll("table.grid:not(.cards, .tight)").forEach((table) => {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (table.tHead?.rows.length !== 1 || heads.length < 2 || heads.some((head) => head.colSpan > 1) || table.closest(".form-table, .map-table")) return;
    for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
      if (row.cells.length !== heads.length) continue;
      [...row.cells].forEach((cell, place) => {
        const name = heads[place].textContent.trim();
        if (name && !cell.classList.contains("main-cell") && (place || table.querySelector(".main-cell"))) cell.dataset.label ??= name;
      });
    }
    table.classList.add("cards");
  });
  label(document);
  document.addEventListener("htmx:afterSwap", (event) => label(event.target.parentElement ?? document));

  document.querySelectorAll('[data-bs-toggle="popover"]').forEach((mark) => new bootstrap.Popover(mark));
  document.querySelector("[data-focus-first]")?.focus();
})();
