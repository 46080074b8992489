// Tells how many addresses stand in what was pasted: [data-links-found="<id of the field>"].
const ADDRESS = /https?:\/\/[!#$%&*+,\-./0-9:;=?@A-Z_a-z~]+/gi;

document.addEventListener("page:shown", (event) => bind(event.detail.root));
bind(document);

function bind(root) {
  root.querySelectorAll("[data-links-found]").forEach((line) => {
    const field = document.getElementById(line.dataset.linksFound);
    if (field) follow(field, line);
  });
}

function follow(field, line) {
  const { linksRoom, linksText, linksOver } = line.dataset;
  const before = line.textContent;

  function tell() {
    const count = new Set(field.value.match(ADDRESS) || []).size;
    const words = count > Number(linksRoom) ? linksOver : linksText;
    const told = words.replace("%(count)s", count).replace("%(room)s", linksRoom);
    line.textContent = field.value.trim() ? told : before;
  }

  field.addEventListener("input", tell);
  tell();
}
