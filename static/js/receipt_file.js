// Says whether a file on this device is one of those a receipt names.
document.querySelectorAll("[data-receipt-file]").forEach((box) => {
  const digests = JSON.parse(document.getElementById("receipt-digests").textContent);
  const input = box.querySelector("input");
  const progress = box.querySelector("progress");
  const digestLine = box.querySelector("[data-digest-line]");
  let worker = null;

  function say(word, digest = "") {
    box.querySelectorAll("[data-word]").forEach((line) => {
      line.hidden = line.dataset.word !== word;
    });
    progress.hidden = word !== null || digest !== "";
    digestLine.hidden = !digest;
    digestLine.querySelector("[data-digest]").textContent = digest;
  }

  function hear({ done, of, digest, failed }) {
    if (failed) say("unread");
    else if (digest) say(digests.includes(digest) ? "same" : "other", digest);
    else progress.value = done / of;
  }

  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    if (worker) worker.terminate();
    worker = new Worker(box.dataset.worker, { type: "module" });
    worker.addEventListener("message", ({ data }) => hear(data));
    worker.addEventListener("error", () => say("unread"));
    progress.value = 0;
    say(null);
    worker.postMessage({ file });
  });
  box.hidden = false;
});
