// What the server knows about uploads. It is asked, never guessed.
export const ENDPOINT = "/api/v1/uploads/";

export function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : "";
}

export function pathOf(address) {
  return new URL(address, window.location.href).pathname;
}

// Open and recent uploads of a draft, of whatever browser. Throws when not told.
export async function uploadsOf(draft) {
  const answer = await fetch(`${ENDPOINT}?submission=${draft}`, { cache: "no-store" });
  if (!answer.ok) throw new Error(`uploads: ${answer.status}`);
  const told = await answer.json();
  return Array.isArray(told) ? told : told.results;
}

// One upload; null when there is none any more. Throws when not told.
export async function uploadAt(address) {
  const answer = await fetch(address, {
    headers: { Accept: "application/json" },
    cache: "no-store",
  });
  if (answer.status === 404 || answer.status === 410) return null;
  if (!answer.ok) throw new Error(`upload: ${answer.status}`);
  return answer.json();
}

// Gives an upload up; its bytes go.
export async function terminate(address) {
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      "X-HTTP-Method-Override": "DELETE",
      "X-CSRFToken": token(),
      "Tus-Resumable": "1.0.0",
    },
  });
  const isGone = [204, 404, 410].includes(answer.status);
  if (!isGone) throw new Error(`terminate: ${answer.status}`);
}
