// Lets a reader put a message away.
document.addEventListener("page:shown", (event) => bind(event.detail.root));
bind(document);

function bind(root) {
  root.querySelectorAll("[data-toast-close]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => button.closest("[data-toast]").remove());
  });
}
