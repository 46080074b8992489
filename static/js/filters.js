// A filter form sends itself as soon as something is chosen.
document.querySelectorAll("form[data-filters]").forEach((form) => {
  form.querySelectorAll("[data-filters-go]").forEach((button) => {
    button.hidden = true;
  });
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("submit", () => {
    form.querySelectorAll("select").forEach((select) => {
      select.disabled = select.value === "";
    });
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-filters] select").forEach((select) => {
    select.disabled = false;
  });
});
