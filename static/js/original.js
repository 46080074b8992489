// Originals go up piece by piece and go on after whatever happened; without script the
// form carries them whole.
import { fingerprintOf } from "./upload_fingerprint.js";
import { Transfer } from "./upload_transfer.js";

const form = document.querySelector("form[data-original]");

class OriginalTransfer extends Transfer {
  metadata() {
    return {
      ...super.metadata(),
      purpose: "original",
      original_request: form.dataset.original,
    };
  }
}

if (form) {
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("button:not([type=button])");
  const progress = form.querySelector("[data-original-progress]");
  const words = progress.querySelector("[data-original-words]");

  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    button.disabled = true;
    progress.hidden = false;
    try {
      for (const file of [...input.files]) await send(file);
    } catch (refusal) {
      words.textContent = refusal.message;
      button.disabled = false;
      return;
    }
    input.value = "";
    if (form.elements.answer.value.trim()) form.submit();
    else window.location.reload();
  });

  async function send(file) {
    const { original, submission } = form.dataset;
    const fingerprint = await fingerprintOf(file, `original-${original}`);
    const transfer = new OriginalTransfer({ file, draft: submission, fingerprint });
    const wake = () => transfer.wake();
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    const silence = setInterval(() => transfer.checkSilence(), 5000);
    try {
      await settled(transfer, file);
    } finally {
      clearInterval(silence);
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
    }
  }

  function settled(transfer, file) {
    return new Promise((resolve, reject) => {
      const show = () => {
        const percent = Math.floor((100 * transfer.sent) / Math.max(file.size, 1));
        progress.querySelector("progress").value = percent;
        words.textContent =
          transfer.state === "finishing"
            ? words.dataset.done
            : words.dataset.sending
                .replace("%(name)s", file.name)
                .replace("%(percent)s", percent);
      };
      transfer.addEventListener("progress", show);
      transfer.addEventListener("state", () => {
        show();
        if (transfer.state === "done") resolve();
        if (["refused", "ended"].includes(transfer.state)) {
          reject(new Error(transfer.sentence || words.dataset.broken));
        }
        if (transfer.state === "signed-out") window.location.reload();
      });
      transfer.start();
    });
  }
}
