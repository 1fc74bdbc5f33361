for (const bar of document.querySelectorAll(".filter")) {
  const section = bar.parentElement;
  const rows = [...section.querySelectorAll("tr[data-verdict]")];
  const tables = [...section.querySelectorAll("table[data-area]")];
  const words = bar.querySelector("input[type=search]");
  const boxes = [...bar.querySelectorAll("input[type=checkbox]")];
  const told = bar.querySelector("output");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/);
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const row of rows) {
      const text = texts.get(row);
      row.hidden = !(chosen.has(row.dataset.verdict) && wanted.every((word) => text.includes(word)));
    }
    for (const table of tables) {
      table.hidden = !table.querySelector("tr[data-verdict]:not([hidden])");
      table.previousElementSibling.hidden = table.hidden;
    }
    told.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  };
  const reveal = () => {
    const target = rows.find((row) => row.id === location.hash.slice(1));
    if (!target) return;
    if (target.hidden) {
      words.value = "";
      for (const box of boxes) box.checked = true;
      show();
    }
    target.querySelector("details").open = true;
    target.scrollIntoView();
  };
  bar.addEventListener("input", show);
  addEventListener("hashchange", reveal);
  bar.hidden = false;
  show();
  reveal();
}
