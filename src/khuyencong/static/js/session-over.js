// When the session ended under a page that asks for a part of itself, what was typed is put by until one is back on it.
// A form that keeps drafts (drafts.js) is not taken away from who types in it: it says that the session is over.
(() => {
  const NAME = "typed-when-the-session-ended";
  const forms = () => [...document.querySelectorAll("form[method=post]:not([data-draft-key])")];
  const keeps = (control) => control.name && control.name !== "csrfmiddlewaretoken" && !/^(file|hidden|password|submit|button|fieldset)$/.test(control.type);
  const controls = (form) => [...form.elements].filter(keeps);

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const to = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!to || !new URL(to, location).searchParams.has("over")) return;
    const keeping = document.querySelectorAll("form[data-draft-key]");
    if (keeping.length) {
      event.preventDefault();
      keeping.forEach((form) => form.dispatchEvent(new Event("draft:away")));
      return;
    }
    const typed = forms().map((form) => controls(form).map((one) => [one.name, one.value, one.checked]));
    try { sessionStorage.setItem(NAME, JSON.stringify({ at: location.pathname, typed })); } catch { /* storage is full or forbidden */ }
    document.body.dispatchEvent(new Event("submit", { bubbles: true }));  // nobody leaves by accident: no question on the way
  });

  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(NAME)); } catch { /* as above */ }
  if (kept?.at !== location.pathname) return;
  sessionStorage.removeItem(NAME);
  forms().forEach((form, place) => controls(form).forEach((one, row) => {
    const [name, value, checked] = kept.typed[place]?.[row] ?? [];
    if (name !== one.name) return;
    if (/^(checkbox|radio)$/.test(one.type)) one.checked = checked; else one.value = value;
  }));
})();
