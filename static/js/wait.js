// A button that may be pressed again after some seconds says how many are left.
document.querySelectorAll("[data-wait]").forEach((button) => {
  const label = button.textContent;
  const end = Date.now() + 1000 * Number(button.dataset.wait);

  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent =
      left > 0 ? button.dataset.waitText.replace("%(seconds)s", left) : label;
    if (left > 0) setTimeout(tick, 500);
  };
  tick();
});
