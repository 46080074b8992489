// Refines the server's countdown; without it the server's numeral stands.
const box = document.querySelector("[data-countdown]");

if (box) {
  // The contest's clock may be shifted: keep the server's distance to ours.
  const shift = new Date(box.dataset.now) - Date.now();
  const end = new Date(box.dataset.countdown);
  const number = box.querySelector("[data-countdown-number]");
  const left = box.querySelector("[data-countdown-left]");
  const two = (value) => String(value).padStart(2, "0");

  const timer = setInterval(tick, 1000);
  left.hidden = false;
  tick();

  function tick() {
    const seconds = Math.floor((end - Date.now() - shift) / 1000);
    if (seconds < 0) {
      clearInterval(timer);
      left.hidden = true;
      return;
    }
    const days = Math.floor(seconds / 86400);
    if (days) number.textContent = days;
    const clock = [seconds / 3600, seconds / 60, seconds].map(Math.floor);
    const time = [clock[0] % 24, clock[1] % 60, clock[2] % 60].map(two).join(":");
    left.textContent = " · " + left.dataset.countdownLeft.replace("%(time)s", time);
  }
}
