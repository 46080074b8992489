// Counts the characters left beside a field: [data-counter-for="<id of the field>"].
// With data-counter-spaceless a space is none, as the server counts stories.
document.addEventListener("page:shown", (event) => bind(event.detail.root));
bind(document);

function bind(root) {
  root.querySelectorAll("[data-counter-for]").forEach((counter) => {
    const field = document.getElementById(counter.dataset.counterFor);
    if (field) follow(field, counter);
  });
}

function follow(field, counter) {
  const max = Number(counter.dataset.counterMax);

  const isSpaceless = "counterSpaceless" in counter.dataset;
  const counted = (text) => (isSpaceless ? text.replace(/\s/gu, "") : text);

  function count() {
    const left = max - Array.from(counted(field.value)).length;
    const words = left < 0 ? counter.dataset.counterOver : counter.dataset.counterText;
    counter.textContent = words.replace("%(count)s", Math.abs(left));
    counter.classList.toggle("field-counter-over", left < 0);
  }

  field.addEventListener("input", count);
  count();
}
