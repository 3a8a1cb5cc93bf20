"use strict";
(() => {
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function filterable(form) {
    const table = document.getElementById(form.dataset.table);
    const rows = [...table.tBodies[0].rows];
    const boxes = [...form.querySelectorAll("input[name=outcome]")];
    const output = form.querySelector("output");
    const texts = new Map();
    const times = (row) => Number(row.dataset.times ?? 1);
    const all = rows.reduce((sum, row) => sum + times(row), 0);
    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, plain(row.textContent));
      return texts.get(row);
    };
    const show = () => {
      const words = plain(form.elements.text.value).split(/\s+/).filter(Boolean);
      const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      let shown = 0;
      for (const row of rows) {
        const wanted = !boxes.length || chosen.has(row.dataset.outcome);
        row.hidden = !(wanted && words.every((word) => textOf(row).includes(word)));
        shown += row.hidden ? 0 : times(row);
      }
      output.textContent = output.dataset.pattern.replace("{n}", shown).replace("{all}", all);
    };
    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.reveal = (row) => {
      if (!row.hidden) return;
      form.elements.text.value = "";
      boxes.filter((box) => box.value === row.dataset.outcome).forEach((box) => { box.checked = true; });
      show();
    };
    show();
  }

  function sortable(table) {
    const rows = [...table.tBodies[0].rows];
    const order = new Map(rows.map((row, place) => [row, place]));
    const heads = [...table.tHead.rows[0].cells];
    const keys = {
      order: (row) => order.get(row),
      number: (row, column) => Number(row.cells[column].textContent),
      text: (row, column) => row.cells[column].textContent.trim(),
      // a day that is not known comes last
      time: (row, column) => row.cells[column].querySelector("time")?.dateTime || "9999",
    };
    heads.forEach((head, column) => {
      const key = keys[head.dataset.sort];
      if (!key) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.dataset.label = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const sorted = rows.map((row) => [key(row, column), row]).sort(([a, x], [b, y]) => {
          const compared = typeof a === "number" ? a - b : collator.compare(a, b);
          return (down ? -compared : compared) || order.get(x) - order.get(y);
        });
        table.tBodies[0].append(...sorted.map(([, row]) => row));
      });
    });
  }

  // What a rule rests on stands once in the page; where a finding is opened it is shown there, too.
  function cite(details) {
    const link = details.closest("table.all tr")?.querySelector("th a");
    const rule = link && document.getElementById(link.hash.slice(1));
    if (!rule || details.querySelector(".cited")) return;
    const cited = document.createElement("div");
    cited.className = "cited";
    cited.append(...[...rule.querySelector("dd").children].map((part) => part.cloneNode(true)));
    details.append(cited);
  }

  function follow() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest("tbody tr");
    if (!row) return;
    document.querySelector(`form[data-table="${row.closest("table").id}"]`)?.reveal(row);
    const details = target.closest("details");
    if (details) details.open = true;
    target.tabIndex = -1;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  }

  document.querySelectorAll("form.filter").forEach(filterable);
  document.querySelectorAll("table[id]").forEach(sortable);
  document.addEventListener("toggle", (event) => { if (event.target.open) cite(event.target); }, true);
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  follow();

  let opened = [];
  addEventListener("beforeprint", () => {
    const graves = "tr[data-outcome=fail] details, tr[data-outcome=error] details, .drawing + details";
    opened = [...document.querySelectorAll(graves)].filter((details) => !details.open);
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
})();
