// A table whose rows one adds and takes away. data-rows="lines" holds the rows and a template of an empty one.
(() => {
  const table = (name, root = document) => root.querySelector(`[data-rows="${name}"]`);
  const numbers = (rows, name) => [...rows.querySelectorAll(`[name^="${name}-"]`)].map((box) => Number(box.name.split("-")[1])).filter(Number.isInteger);
  const told = (row) => row.closest("form")?.dispatchEvent(new Event("change", { bubbles: true }));

  const add = (rows, number) => {
    const name = rows.dataset.rows, template = rows.querySelector("template");
    const next = number ?? Math.max(-1, ...numbers(rows, name)) + 1;
    const piece = document.createElement("template");
    piece.innerHTML = template.innerHTML.replaceAll("__prefix__", String(next));
    const row = piece.content.querySelector("[data-row]");
    rows.insertBefore(row, template);
    window.htmx?.process(row);
    dress(row);
    return row;
  };
  const dress = (root) => root.querySelectorAll("[data-drop-row]").forEach((button) => { button.hidden = false; });

  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-add-row]"), less = event.target.closest("[data-drop-row]");
    if (more) {
      event.preventDefault();
      add(table(more.dataset.addRow, more.form)).querySelector("input, select")?.focus();
    } else if (less) {
      const row = less.closest("[data-row]"), rows = row.parentElement, form = row.closest("form");
      row.remove();
      if (!rows.querySelector("[data-row]")) add(rows);
      told(form.elements[0]);
      rows.querySelector("[data-row]:last-of-type input, [data-row]:last-of-type select")?.focus();
    }
  });

  // A draft has rows of its own: exactly those are laid out before they are filled in.
  document.addEventListener("draft:restore", (event) => {
    event.target.querySelectorAll("[data-rows]").forEach((rows) => {
      const name = rows.dataset.rows, pattern = new RegExp(`^${name}-(\\d+)-`);
      const kept = new Set([...event.detail.keys()].map((key) => pattern.exec(key)?.[1]).filter(Boolean).map(Number));
      rows.querySelectorAll("[data-row]").forEach((row) => row.remove());
      [...kept].sort((one, other) => one - other).forEach((number) => add(rows, number));
      if (!kept.size) add(rows);
    });
  }, true);

  dress(document);
})();
