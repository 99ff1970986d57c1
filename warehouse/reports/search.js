// Finds tables, columns and indicators by words of their names, titles and descriptions, in Chinese or English.
"use strict";
{
  const form = document.getElementById("search");
  const box = form.querySelector("input");
  const count = form.querySelector("output");
  const sections = [...document.querySelectorAll("main > section")].map((section) => ({
    section,
    head: section.querySelector("header").textContent.toLowerCase(),
    rows: [...section.querySelectorAll("tbody > tr")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));

  const search = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    document.body.classList.toggle("searching", words.length > 0);
    let tables = 0;
    let lines = 0;
    for (const { section, head, rows } of sections) {
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word) || head.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      section.hidden = shown === 0;
      tables += section.hidden ? 0 : 1;
      lines += shown;
    }
    count.textContent = words.length ? `${tables} 张表，${lines} 行 · ${tables} tables, ${lines} rows` : "";
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  box.addEventListener("input", search);
  search();
}
