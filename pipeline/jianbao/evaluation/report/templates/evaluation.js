"use strict";
(() => {
  // Each form of filters governs the rows of one table (or list): a row is shown if every filter lets it pass.
  const passes = {
    system: (row, value) => row.dataset.system === value,
    verdict: (row, value) => (value === "wrong" ? !["exact", "reformatted"].includes(row.dataset.verdict) : row.dataset.verdict === value),
    state: (row, value) => row.dataset.state.split(" ").includes(value),
    severity: (row, value) => (value === "any" ? row.dataset.severity !== "" : row.dataset.severity === value),
    checks: (row, value) => row.dataset.checks.split(" ").includes(value),
    text: (row, value) => row.textContent.toLowerCase().includes(value.toLowerCase()),
  };
  const rowsOf = (form) => {
    const table = document.getElementById(form.dataset.table);
    return [...(table.tBodies?.[0] ?? table).children];
  };
  const filter = (form) => {
    const rows = rowsOf(form);
    const active = [...form.querySelectorAll("[data-filter]")].filter((field) => field.value.trim());
    for (const row of rows) row.hidden = !active.every((field) => passes[field.dataset.filter](row, field.value.trim()));
    form.querySelector("output").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
  };
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("input", () => filter(form));
    form.addEventListener("submit", (event) => event.preventDefault());
    filter(form);
  }

  // A link to a segment that the filters hide takes them off.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    const form = document.querySelector(`form[data-table="${target.parentElement.id}"]`);
    form.reset();
    filter(form);
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  addEventListener("load", reveal);

  // On a narrow screen the contents start folded.
  if (matchMedia("(max-width: 67rem)").matches) document.querySelector(".contents details").open = false;
})();
