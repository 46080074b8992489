// Lets a reader put a message away.
document.querySelectorAll("[data-toast-close]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => button.closest("[data-toast]").remove());
});
