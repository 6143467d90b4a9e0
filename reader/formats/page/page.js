"use strict";
const all = (query) => [...document.querySelectorAll(query)];
const form = document.getElementById("filter");
const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}\u0640]/gu, "").toLowerCase();
const words = new Map();
const textOf = (element) => {
  if (!words.has(element)) words.set(element, fold(element.textContent));
  return words.get(element);
};
const number = (element, letter) =>
  [...element.classList].find((name) => name[0] === letter && /^[0-9]+$/.test(name.slice(1)));
const marks = all(".text .m, .text .claim, .text .source, .text .cue, .text .content");
const rows = all(".row");
const kindOf = (mark) => (mark.matches(".m") ? "m" : mark.matches(".claim") ? "k" : "q");
const filter = () => {
  const [type, entity, language, person] = ["type", "entity", "language", "person"].map(
    (name) => form.elements[name].value);
  const typed = fold(form.elements.typed.value.trim());
  const fits = (own) => (wanted) => !wanted || own.includes(wanted);
  for (const mark of marks) {
    const own = [...mark.classList, kindOf(mark)];
    mark.classList.toggle("off", ![type, entity, person].every(fits(own)));
  }
  for (const article of all("article")) article.hidden = !fits([article.dataset.k])(language);
  for (const line of all(".text p")) line.classList.toggle("dim", !!typed && !textOf(line).includes(typed));
  let shown = 0;
  for (const row of rows) {
    const own = row.dataset.k.split(" ");
    row.hidden = ![type, entity, language, person].every(fits(own)) ||
      (!!typed && !textOf(row).includes(typed));
    shown += !row.hidden;
  }
  for (const part of all(".sub")) part.hidden = !fits([part.dataset.k])(language);
  for (const topic of all(".topic")) {
    let next = topic.nextElementSibling;
    while (next && next.hidden) next = next.nextElementSibling;
    topic.hidden = !next || next.matches(".topic");
  }
  form.elements.count.value = `${shown} of ${rows.length} rows`;
};
let lit = [];
const light = (event) => {
  for (const element of lit) element.classList.remove("lit");
  lit = [];
  for (let at = event.target; at instanceof Element; at = at.parentElement) {
    const name = number(at, "e") || number(at, "c");
    if (name) {
      lit = [...document.getElementsByClassName(name)].filter((each) => !each.matches("section"));
      break;
    }
  }
  for (const element of lit) element.classList.add("lit");
};
form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);
filter();
