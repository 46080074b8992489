// The form of a decision: shows what belongs to it, and puts the sentence of a reason
// where it can be changed, so that the reviewer sees what the entrant will read.
export const form = document.querySelector("form[data-decision]");

export function decision() {
  return form.querySelector("[name=decision]:checked")?.value || "";
}

export function reason() {
  return form.querySelector("[name=reason]");
}

if (form) {
  const all = form.querySelector("[data-checks-all]");
  const checks = () => [...form.querySelectorAll("[name=checks]")];

  if (all) {
    all.hidden = false;
    all.addEventListener("click", tickAll);
  }
  form.addEventListener("change", (event) => {
    if (event.target.name === "decision") forgetOtherReasons();
    if (event.target.name === "reason_key") fillIn(event.target);
  });

  function forgetOtherReasons() {
    form.querySelectorAll("[name=reason_key]:checked").forEach((radio) => {
      if (radio.offsetParent !== null) return;
      radio.checked = false;
      if (isASentence(reason().value)) write("");
    });
  }

  // A sentence the reviewer has changed is theirs and stays.
  function fillIn(radio) {
    if (reason().value && !isASentence(reason().value)) return;
    write(radio.value.startsWith("-") ? "" : sentence(radio));
  }

  function isASentence(text) {
    return [...form.querySelectorAll("[name=reason_key]")].some(
      (radio) => sentence(radio) === text.trim(),
    );
  }

  function sentence(radio) {
    return radio.closest("label").textContent.trim();
  }

  function write(text) {
    reason().value = text;
    reason().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function tickAll() {
    checks().forEach((check) => {
      check.checked = true;
    });
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function tickEverything() {
  form.querySelector("[data-checks-all]")?.click();
}
