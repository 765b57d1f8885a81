"use strict";
// Without this script the page shows all there is: it filters the findings.
{
  const form = document.getElementById("filter");
  const output = form.querySelector("output");
  const findings = [...document.querySelectorAll("article")];
  const values = findings.map(({ dataset }) => ({
    rule: [dataset.rule], service: JSON.parse(dataset.service), file: JSON.parse(dataset.file),
  }));

  const fillIn = (select) => {
    const choices = new Set(values.flatMap((value) => value[select.name]));
    choices.delete("");
    select.append(...[...choices].sort().map((choice) => new Option(choice, choice)));
  };

  let texts;
  const holds = (i, text) => {
    texts ??= findings.map((finding) => finding.textContent.toLowerCase());
    return texts[i].includes(text);
  };

  const filter = () => {
    const wanted = new FormData(form);
    const severities = wanted.getAll("severity");
    const selects = [...form.querySelectorAll("select")].filter((select) => select.value !== "");
    const text = wanted.get("text").trim().toLowerCase();
    let shown = 0;
    let all = 0;
    findings.forEach((finding, i) => {
      finding.hidden = !(
        severities.includes(finding.dataset.severity) &&
        selects.every((select) => values[i][select.name].includes(select.value)) &&
        (text === "" || holds(i, text))
      );
      const number = Number(finding.dataset.number);
      all += number;
      if (!finding.hidden) shown += number;
    });
    output.value = `${shown} of ${all} shown`;
  };

  form.querySelectorAll("select").forEach(fillIn);
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = findings.length === 0;
  filter();
}
