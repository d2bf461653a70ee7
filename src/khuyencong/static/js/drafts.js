// Nothing typed is lost. What stands in a form with data-draft-key is put by in this browser at every stroke and sent
// to the server a moment later; the copy here goes once the server has it. When the line or the session is gone the
// copy waits, and is sent when a page opens again. Whoever comes back to the form is offered what they had typed.
(() => {
  const { user, zone, drafts: address } = document.body.dataset;
  if (!user) return;
  const PAUSE = 2000;
  const NOT_OURS = new Set(["csrfmiddlewaretoken", "draft_key", "draft_token"]);

  // The copy in this browser; storage may be full or forbidden, then only the server keeps.
  const place = (key) => `draft/${user}/${key}`;
  const local = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(place(key))); } catch { return null; } },
    set: (key, one) => { try { localStorage.setItem(place(key), JSON.stringify(one)); return true; } catch { return false; } },
    drop: (key) => { try { localStorage.removeItem(place(key)); } catch { /* nothing is there */ } },
    keys: () => { try { return Object.keys(localStorage).filter((name) => name.startsWith(place(""))).map((name) => name.slice(place("").length)); } catch { return []; } },
  };

  // The token of now: it changes when one signs in again in another window.
  const token = () => /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
  const ask = (method, query, body, keepalive = false) => fetch(address + query, { method, body, keepalive, redirect: "manual", headers: { "X-CSRFToken": token(), "Content-Type": "application/json" } });

  // "kept"; "away": the session is over; "lost": no line, or the server cannot.
  const send = async (key, one, leaving = false) => {
    try {
      const answer = await ask("POST", "", JSON.stringify({ key, ...one }), leaving);
      if (answer.ok || answer.status === 410) return "kept";
      return answer.type === "opaqueredirect" || answer.status === 403 ? "away" : "lost";
    } catch { return "lost"; }
  };
  const settle = (key, one, state) => { if (state === "kept" && local.get(key)?.at === one.at) local.drop(key); };

  const passing = (form) => new Set([...NOT_OURS, ...[...form.querySelectorAll("[data-no-draft]")].map((one) => one.name)]);
  const read = (form) => {
    const left = passing(form);
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !left.has(name));
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const grouped = (pairs) => {
    const values = new Map();
    for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
    return values;
  };
  // What a form holds, whatever the order, the numbering of rows and the empty fields.
  const content = (pairs) => pairs.filter(([name, value]) => value !== "" && !/^version$|-TOTAL_FORMS$/.test(name)).map(([name, value]) => `${name.replace(/-\d+-/, "-")}\n${value}`).sort();

  const fill = (form, pairs) => {
    const values = grouped(pairs);
    form.dispatchEvent(new CustomEvent("draft:restore", { detail: values }));  // rows and lists make room
    const left = passing(form);
    for (const control of form.elements) {
      if (!control.name || left.has(control.name) || /^(file|submit|button|fieldset)$/.test(control.type)) continue;
      const mine = values.get(control.name) ?? [];
      if (/^(checkbox|radio)$/.test(control.type)) control.checked = mine.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = mine.includes(option.value);
      else if (mine.length) {
        const value = mine.shift();
        if (control.type === "select-one" && ![...control.options].some((option) => option.value === value)) control.add(new Option(value, value));
        control.value = value;
      }
      if (control.type === "date") control.dispatchEvent(new Event("change"));
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const moment = (at) => {
    const then = new Date(at), language = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
    const here = { timeZone: zone }, day = (one) => one.toLocaleDateString(language, { ...here, day: "2-digit", month: "2-digit", year: "numeric" });
    const time = then.toLocaleTimeString(language, { ...here, hour: "2-digit", minute: "2-digit" });
    return day(then) === day(new Date()) ? time : `${time} ${day(then)}`;
  };

  const watch = (form) => {
    const key = form.dataset.draftKey, box = form.querySelector("[data-draft]");
    const offer = box.querySelector("[data-draft-offer]"), told = form.querySelectorAll("[data-draft-told]");
    let current = null, waiting, busy = false, leaving = false;
    const tell = (state, at) => told.forEach((one) => {
      one.hidden = one.dataset.draftTold !== state;
      one.querySelectorAll("[data-draft-time]").forEach((time) => { time.textContent = moment(at); });
    });

    const push = async () => {
      clearTimeout(waiting);
      const one = local.get(key) ?? current;
      if (busy || !one) return;
      busy = true;
      const state = await send(key, one);
      busy = false;
      settle(key, one, state);
      tell(state, one.at);
      if (current && current.at !== one.at) waiting = setTimeout(push, PAUSE);
    };
    const note = () => {
      leaving = false;
      current = { token: form.elements.draft_token.value, at: Date.now(), pairs: read(form) };
      local.set(key, current);
      clearTimeout(waiting);
      waiting = setTimeout(push, PAUSE);
    };
    form.addEventListener("input", note);
    form.addEventListener("change", note);
    form.addEventListener("draft:away", () => tell("away", Date.now()));
    window.addEventListener("online", () => { if (current) push(); });
    window.addEventListener("pagehide", () => { const one = local.get(key); if (one && !leaving) send(key, one, true); });
    // A page that comes back from the browser's memory after it was saved is a new opening of the form.
    window.addEventListener("pageshow", (event) => { if (event.persisted) form.elements.draft_token.value = String(Math.random()); });
    document.addEventListener("submit", (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      clearTimeout(waiting);
      leaving = true;
      if (token()) form.elements.csrfmiddlewaretoken.value = token();
    });

    const propose = (draft) => {
      offer.hidden = false;
      offer.querySelectorAll("[data-draft-time]").forEach((time) => { time.textContent = moment(draft.at); });
      offer.querySelector("[data-draft-use]").onclick = () => { offer.hidden = true; fill(form, draft.pairs); };
      offer.querySelector("[data-draft-drop]").onclick = async () => {
        offer.hidden = true;
        local.drop(key);
        try { await ask("DELETE", `?key=${encodeURIComponent(key)}`); } catch { /* it will be offered again */ }
      };
    };
    return async () => {
      const here = local.get(key);
      let draft = here;
      try {
        const stored = await (await ask("GET", `?key=${encodeURIComponent(key)}`)).json();
        if (stored.pairs && !(here?.at > stored.at)) draft = stored;
      } catch { /* then what this browser has */ }
      if (draft?.pairs && !current && !same(content(draft.pairs), content(read(form)))) propose(draft);
    };
  };

  const start = async () => {
    for (const key of (document.body.dataset.draftsSaved ?? "").split(" ").filter(Boolean)) local.drop(key);
    const forms = [...document.querySelectorAll("form[data-draft-key]")].map(watch);
    for (const key of local.keys()) {
      const one = local.get(key);
      if (one) settle(key, one, await send(key, one));
      else local.drop(key);
    }
    forms.forEach((look) => look());
  };
  start();
})();
