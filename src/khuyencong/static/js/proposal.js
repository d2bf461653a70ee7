// While a proposal is written: establishments are looked for and picked, and what depends on them follows.
(() => {
  const form = document.getElementById("proposal");
  const changed = () => form.dispatchEvent(new Event("change", { bubbles: true }));

  // Enter in the search box searches; it does not save the proposal.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.id !== "find-words") return;
    event.preventDefault();
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "picks") return;
    changed();
    document.getElementById("find-words")?.focus();
  });

  // A draft has establishments and conditions of its own: their places are made before it is filled in.
  form.addEventListener("draft:restore", (event) => {
    const values = event.detail, hidden = (name, value) => {
      const box = document.createElement("input");
      Object.assign(box, { type: "hidden", name, value });
      return box;
    };
    const options = document.getElementById("norm-options");
    for (const name of ["variant", "units", "conditions"]) {
      if (!form.elements[name]) options.append(...(values.get(name) ?? []).map((value) => hidden(name, value)));
    }
    const picks = document.getElementById("picks"), keys = values.get("beneficiaries") ?? [];
    picks.querySelectorAll('[name="beneficiaries"]').forEach((box) => box.remove());
    picks.append(...keys.map((key) => hidden("beneficiaries", key)));
    setTimeout(() => window.htmx.ajax("POST", form.dataset.picks, { source: picks, target: picks, swap: "outerHTML" }));
  });
})();
