"use strict";
(() => {
  for (const form of document.querySelectorAll("form.filter")) {
    const table = document.getElementById(form.dataset.table);
    const rows = [...table.tBodies[0].rows];
    const texts = new Map(rows.map((row) => [row, row.textContent.normalize("NFKC").toLowerCase()]));
    const output = form.querySelector("output");
    const show = () => {
      const words = form.elements.text.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
      const chosen = new Set([...form.querySelectorAll("input[name=outcome]:checked")].map((box) => box.value));
      let shown = 0;
      for (const row of rows) {
        row.hidden = !(chosen.has(row.dataset.outcome) && words.every((word) => texts.get(row).includes(word)));
        shown += row.hidden ? 0 : 1;
      }
      output.textContent = output.dataset.pattern.replace("{n}", shown);
    };
    form.hidden = false;
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    show();
    form.reveal = (row) => {
      if (!row.hidden) return;
      form.elements.text.value = "";
      const box = form.querySelector(`input[value="${row.dataset.outcome}"]`);
      if (box) box.checked = true;
      show();
    };
    sortable(table, rows);
  }
  function sortable(table, rows) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      if (!head.dataset.sort) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
        const compare = head.dataset.sort === "number"
          ? (a, b) => key(a) - key(b)
          : (a, b) => key(a).localeCompare(key(b), document.documentElement.lang);
        rows.sort((a, b) => (down ? -1 : 1) * compare(a, b));
        table.tBodies[0].append(...rows);
      });
    });
  }
  function follow() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target || !target.matches("table.all tr")) return;
    document.querySelector(`form[data-table="${target.closest("table").id}"]`).reveal(target);
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#f"]');
    if (link && link.hash === location.hash) follow();
  });
  follow();
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("tr[data-outcome=fail] details:not([open]), tr[data-outcome=error] details:not([open])")];
    opened.forEach((part) => { part.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
})();
