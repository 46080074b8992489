// Counts the characters left beside a field: [data-counter-for="<id of the field>"].
document.querySelectorAll("[data-counter-for]").forEach((counter) => {
  const field = document.getElementById(counter.dataset.counterFor);
  if (!field) return;
  const max = Number(counter.dataset.counterMax);

  function count() {
    const left = max - Array.from(field.value).length;
    const words = left < 0 ? counter.dataset.counterOver : counter.dataset.counterText;
    counter.textContent = words.replace("%(count)s", Math.abs(left));
    counter.classList.toggle("field-counter-over", left < 0);
  }

  field.addEventListener("input", count);
  count();
});
